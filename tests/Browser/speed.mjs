// How fast a page is, in milliseconds of this machine: node speed.mjs PAGE
import { withPage } from './browser.mjs';

const times = await withPage(process.argv[2], {}, page => page.evaluate(async () => {
  const next = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  await next();
  const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  const time = async action => {
    const start = performance.now();
    action();
    await next();
    return Math.round(performance.now() - start);
  };
  const find = document.getElementById('find');
  const type = words => { find.value = words; find.dispatchEvent(new Event('input')); };
  return {
    clips: clips.length,
    firstPaint: Math.round(paint),
    ready: Math.round(performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart),
    filter: await time(() => type('17')),
    clear: await time(() => type('')),
    sort: await time(() => sortBy('text')),
    group: await time(() => document.getElementById('group').click()),
    end: await time(() => list.move(Infinity)),
    elements: document.querySelectorAll('*').length,
  };
}));
console.log(JSON.stringify(times));
