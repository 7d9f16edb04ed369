// Pictures of the ground below the map, from the host that whoever runs the server named. The server drew those of the whole
// map; these are nearer ones, for what is seen when one has zoomed in. Web Mercator, as in server/pages/map_tiles.cpp.
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The plane of the map: the place at 0,0 and how many metres a degree of latitude is. */
export interface Plane {
  lat: number;
  lon: number;
  metres: number;
}

export interface Tile extends Box {
  address: string;
}

const finest = 19;
const most = 80;
const onScreen = 256; // pixels

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The tiles that cover a box which is `pixels` wide on the screen; none if they were too many. */
export function tilesOf(template: string, plane: Plane, box: Box, pixels: number): Tile[] {
  const east = plane.metres * Math.cos(radians(plane.lat)); // metres a degree of longitude
  const around = 360 * east; // metres around the world, here
  const zoom = Math.min(finest, Math.max(0, Math.round(Math.log2((around * pixels) / (box.width * onScreen)))));
  const count = 2 ** zoom;
  const column = (x: number) => ((plane.lon + x / east + 180) / 360) * count;
  const row = (y: number) => ((1 - Math.asinh(Math.tan(radians(plane.lat - y / plane.metres))) / Math.PI) / 2) * count;
  const left = (at: number) => ((at / count) * 360 - 180 - plane.lon) * east;
  const top = (at: number) => (plane.lat - (Math.atan(Math.sinh(Math.PI * (1 - (2 * at) / count))) * 180) / Math.PI) * plane.metres;
  const tiles: Tile[] = [];
  for (let y = Math.floor(row(box.y)); y <= Math.floor(row(box.y + box.height)); y++) {
    for (let x = Math.floor(column(box.x)); x <= Math.floor(column(box.x + box.width)); x++) {
      const address = template.replace('{z}', String(zoom)).replace('{x}', String(x)).replace('{y}', String(y));
      tiles.push({ address, x: left(x), y: top(y), width: left(x + 1) - left(x), height: top(y + 1) - top(y) });
    }
  }
  return tiles.length > most ? [] : tiles;
}

/** "18.7883 98.9890 111320", as the server writes it. */
export function planeOf(text: string): Plane {
  const [lat = 0, lon = 0, metres = 1] = text.split(' ').map(Number);
  return { lat, lon, metres };
}
