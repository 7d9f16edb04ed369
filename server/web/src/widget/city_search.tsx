import { useEffect, useRef, useState } from 'react';

interface Picked {
  id: string;
  name: string;
  url: string;
}

// The city's search box in a React component. It keeps what was
// picked instead of leaving the page.
export function CitySearch({ label, nothing }: { label: string; nothing: string }) {
  const box = useRef<HTMLElement>(null);
  const [picked, setPicked] = useState<Picked[]>([]);

  useEffect(() => {
    const element = box.current;
    const heard = (event: Event) => {
      event.preventDefault();
      setPicked((before) => [...before, (event as CustomEvent<Picked>).detail]);
    };
    element?.addEventListener('khom-pick', heard);
    return () => element?.removeEventListener('khom-pick', heard);
  }, []);

  return (
    <>
      <khom-search-box ref={box} kinds="place program" label={label} />
      <ul aria-live="polite">
        {picked.length === 0 && <li>{nothing}</li>}
        {picked.map(({ id, name, url }, at) => (
          <li key={at}>
            <a href={url}>{name}</a> <code>{id}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
