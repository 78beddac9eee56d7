// The pictures of the README, taken from the program as it is: each step of the example, and the start page.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';

const out = new URL('../.github/shots/', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'taskwright-'));
const server = spawn(process.env.TASKWRIGHT_BINARY, ['--addr', '127.0.0.1:0', '--database', `sqlite:${folder}/t.db`, '--site', process.env.TASKWRIGHT_SITE, '--aws', 'off'], { stdio: ['ignore', 'pipe', 'inherit'] });
const site = (await new Promise((done) => createInterface(server.stdout).once('line', done))).replace('listening on ', '');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
mkdirSync(out, { recursive: true });

/** Page, name of the file, language, theme. */
const SHOTS = [
  ['', 'start', 'en', 'light'], ['cluster', '1-cluster', 'en', 'light'], ['size', '2-size', 'en', 'light'], ['containers', '3-containers', 'en', 'light'],
  ['containers/1', '3-container', 'en', 'dark'], ['ports', '4-ports', 'en', 'light'], ['health', '5-health', 'en', 'light'], ['logs', '6-logs', 'en', 'light'],
  ['review', '7-review', 'en', 'light'], ['json', 'json', 'en', 'dark'], ['containers', '3-containers-ko', 'ko', 'light'], ['health', '5-health-ko', 'ko', 'dark'],
];
try {
  for (const [path, name, lang, colorScheme] of SHOTS) {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 820 }, colorScheme, reducedMotion: 'reduce' })).newPage();
    await page.goto(`${site}/${lang}`);
    if (path) {
      await page.locator('form:has([value=tutorial]) button').first().click();
      await page.waitForURL('**/cluster');
      await page.goto(page.url().replace(/\/cluster$/, `/${path}`));
      if (path !== 'json') await page.waitForSelector('html[data-live]');
    }
    await page.screenshot({ path: `${out}${name}.png` });
    console.log(`${name}.png`);
    await page.context().close();
  }
} finally {
  await browser.close();
  server.kill();
  await new Promise((done) => server.once('exit', done));
  rmSync(folder, { recursive: true, force: true });
}
