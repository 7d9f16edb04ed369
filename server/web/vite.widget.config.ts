import { defineConfig } from 'vite';

// The search box is one file under one lasting name, because other people's pages name it.
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2020',
    emptyOutDir: false,
    lib: { entry: 'src/widget/khom-search-box.ts', formats: ['es'], fileName: () => 'khom-search-box.js' },
  },
});
