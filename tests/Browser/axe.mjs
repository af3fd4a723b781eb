// Finds what keeps people out: node axe.mjs PAGE
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { withPage } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const faults = [];
for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[1360, 860], [900, 700], [390, 844]]) {
    // The policy of the page refuses the script of axe, as it should.
    await withPage(process.argv[2], { colorScheme, viewport: { width, height }, bypassCSP: true }, async page => {
      await page.keyboard.press('b');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('g');
      for (const dialog of [false, true]) {
        if (dialog)
          await page.locator('#keys-open').click();
        await page.evaluate(axe);
        await page.waitForTimeout(300);
        const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        for (const each of found.violations)
          faults.push(`${colorScheme} ${width}: ${each.impact} ${each.id}: ${each.help}: ${each.nodes[0].html}`);
      }
    });
  }
}
const serious = faults.filter(fault => /: (serious|critical) /.test(fault));
console.log(faults.join('\n'));
if (serious.length > 0)
  process.exit(1);
console.log('ok');
