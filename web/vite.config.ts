import { join } from 'node:path'
import { preact } from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { offlineWorker } from './build/offline-worker.ts'

/**
 * Builds the page into web/dist. The server's Content-Security-Policy allows nothing inline, so nothing is inlined
 * here. `npx vite web` serves it for development, with the API of web/dev/fake-server.ts (or ANSWERPHONE_API).
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [preact({ reactAliasesEnabled: false }), offlineWorker()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome125', 'edge125', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Which dialogs are asked for: a file for each of these few lines costs more than the lines.
      output: {
        codeSplitting: {
          groups: [{ name: 'asked', test: /\bstate.(?:\w+-asked|sending|new-version)\.ts$/ }],
        },
      },
      input: { index: join(import.meta.dirname, 'index.html'), try: join(import.meta.dirname, 'try.html') },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': process.env['ANSWERPHONE_API'] ?? 'http://127.0.0.1:8790',
      '/readyz': process.env['ANSWERPHONE_API'] ?? 'http://127.0.0.1:8790',
    },
  },
})
