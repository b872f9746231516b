// Draws the charts of a published report over the tables that are already on the page. Everything it needs is in the page.
import { mount } from 'svelte';
import Bars from './charts/Bars.svelte';
import Estimate from './charts/Estimate.svelte';
import Months from './charts/Months.svelte';
import Overlap from './charts/Overlap.svelte';
import Sides from './charts/Sides.svelte';

const charts = {
  bars: (page, key) => [Bars, page.counts[key]],
  months: (page, key) => [Months, page.counts[key]],
  overlap: (page) => [Overlap, page.overlap],
  sides: (page, key) => [Sides, { sides: page.sides[key] }],
  estimate: (page) => [Estimate, { estimate: page.estimate }],
};

const page = JSON.parse(document.getElementById('page-facts').textContent);
for (const figure of document.querySelectorAll('figure[data-chart]')) {
  const [Chart, props] = charts[figure.dataset.chart](page, figure.dataset.key);
  mount(Chart, { target: figure.querySelector('.plot'), props });
}

// With its chart drawn, a long table folds away; on paper all are open.
document.documentElement.classList.add('drawn');
const folded = document.querySelectorAll('figure[data-chart] details');
const open = (is) => folded.forEach((table) => (table.open = is));
open(false);
addEventListener('beforeprint', () => open(true));
addEventListener('afterprint', () => open(false));
