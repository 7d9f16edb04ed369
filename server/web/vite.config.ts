import { defineConfig } from 'vitest/config';

// Everything is served from /assets/ under names that carry a hash of the content, so that it may be kept for ever.
export default defineConfig({
  base: '/assets/',
  build: {
    target: 'es2022',
    assetsDir: '',
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { explorer: 'src/explorer.ts', style: 'src/style/style.css' },
    },
  },
  test: { include: ['src/**/*.test.{ts,mjs}'] },
});
