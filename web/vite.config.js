// Builds what the report embeds: report.js (one script that needs nothing else), plot.css (the style sheet that Plot adds to each chart, whose
// hash the content security policy must allow), fonts.css (one @font-face a line, the font inside it).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { plotClass } from './src/charts/plot-class.js';

const require = createRequire(import.meta.url);

const faces = [
  ['Noto Sans', 'noto-sans', ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'], [400, 700]],
  ['Noto Sans Arabic', 'noto-sans-arabic', ['arabic'], [400]],
  ['Noto Sans Hebrew', 'noto-sans-hebrew', ['hebrew'], [400]],
  ['Noto Sans Armenian', 'noto-sans-armenian', ['armenian'], [400]],
  ['Noto Sans Georgian', 'noto-sans-georgian', ['georgian'], [400]],
];
const largeSubsets = ['latin-ext', 'cyrillic-ext', 'greek-ext', 'vietnamese']; // one weight is enough: a bold one is 20 to 60 KB more

function fontFace([family, name, subsets, weights]) {
  const folder = dirname(require.resolve(`@fontsource/${name}/package.json`));
  const ranges = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8'));
  return subsets.flatMap((subset) =>
    (largeSubsets.includes(subset) ? [400] : weights).map((weight) => {
      const font = readFileSync(join(folder, 'files', `${name}-${subset}-${weight}-normal.woff2`)).toString('base64');
      return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${font}) format("woff2");unicode-range:${ranges[subset]}}`;
    }),
  );
}

function plotStyle() {
  const plot = readFileSync(join(dirname(require.resolve('@observablehq/plot')), 'plot.js'), 'utf8');
  const found = /append\("style"\)\.text\(\s*`([^`]*)`/.exec(plot);
  if (!found) throw new Error('Plot no longer adds its style sheet as it did in 0.6.17; the report would break its own security policy');
  return found[1].replaceAll('${className}', plotClass);
}

// Inside <script>, "</script" would end it and "<!--" could swallow its end. Svelte's errors name a web page; the report names none.
const inlineSafe = (code) => code.replaceAll(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--').replaceAll('https://svelte.dev/e/', 'svelte: ');

function embed() {
  return {
    name: 'embed',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.code = inlineSafe(chunk.code);
      this.emitFile({ type: 'asset', fileName: 'plot.css', source: plotStyle() });
      this.emitFile({ type: 'asset', fileName: 'fonts.css', source: faces.flatMap(fontFace).join('\n') + '\n' });
    },
  };
}

export default defineConfig({
  plugins: [svelte({ configFile: false }), embed()],
  logLevel: 'warn',
  build: {
    target: 'es2020',
    modulePreload: false,
    emptyOutDir: false,
    rollupOptions: {
      input: fileURLToPath(new URL('src/report.js', import.meta.url)),
      output: { format: 'iife', entryFileNames: 'report.js', inlineDynamicImports: true },
    },
  },
});
