// Opens a page from its file, and watches what no page may do: ask for anything but itself and clips next to it, show a
// dialog, or raise an error.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const programs = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function withPage(file, options, action) {
  const browser = await chromium.launch({ executablePath: programs.find(program => program && existsSync(program)) });
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 }, acceptDownloads: true, ...options });
    const faults = [];
    page.on('pageerror', error => faults.push(`error: ${error.message}`));
    page.on('console', message => message.type() === 'error' && faults.push(`console: ${message.text()}`));
    page.on('dialog', dialog => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('request', request => /^(file|blob|data):/.test(request.url()) || faults.push(`request: ${request.url()}`));
    await page.goto(pathToFileURL(file).href);
    const result = await action(page);
    if (faults.length > 0)
      throw new Error(faults.join('\n'));
    return result;
  } finally {
    await browser.close();
  }
}

// Of the current row, by the keys' own words.
export const current = page => page.locator('[role=row][aria-selected=true]');
export const shown = page => page.evaluate(() => list.shown.map(clip => clip.row.cells[at.Id]));
