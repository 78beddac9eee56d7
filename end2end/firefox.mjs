// The pages in Firefox: both languages, three widths; the wizard hydrates, is typed in, and saves. Firefox is driven
// over WebDriver BiDi, which Playwright does not speak with a browser of the distribution.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'taskwright-'));
const server = spawn(process.env.TASKWRIGHT_BINARY, ['--addr', '127.0.0.1:0', '--database', `sqlite:${folder}/t.db`, '--site', process.env.TASKWRIGHT_SITE, '--aws', 'off'], { stdio: ['ignore', 'pipe', 'inherit'] });
const site = (await new Promise((done) => createInterface(server.stdout).once('line', done))).replace('listening on ', '');
const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: true });
const wrong = [];
let [seen, due, hydrated] = [0, 0, 0];
// The driver's own waiting makes code of a text, which our policy forbids where Firefox holds drivers to it.
async function until(page, test, ...values) {
  const end = Date.now() + 60_000;
  while (!(await page.evaluate(test, ...values))) {
    if (Date.now() > end) throw new Error(`never true: ${test}`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}
// The driver also turns the screen, which Firefox before 144 does not know; the width is set all the same, and waited for.
async function resize(page, width) {
  await page.setViewport({ width, height: 900 }).catch((error) => { if (!error.message.includes('setScreenOrientationOverride')) throw error; });
  await until(page, (wanted) => window.innerWidth === wanted, width);
}
const check = (good, what) => { if (!good) wrong.push(what); };

try {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  page.on('console', (m) => { if (['error', 'warn'].includes(m.type())) wrong.push(`console: ${m.text()}`); });
  page.on('pageerror', (e) => wrong.push(`exception: ${e.message}`));
  for (const lang of ['ko', 'en']) {
    await page.goto(`${site}/${lang}`);
    await Promise.all([page.waitForNavigation(), page.click('form:has([value=tutorial]) button')]);
    const base = page.url().replace(/\/cluster.*$/, '');
    const steps = ['cluster', 'size', 'containers', 'containers/1', 'ports', 'health', 'logs', 'review'];
    const all = [...steps.map((s) => [`${base}/${s}`, true]), ...['share', 'json', 'fixes', 'note', 'export?format=terraform', 'since', 'history', 'inspect', 'register', 'doctor'].map((s) => [`${base}/${s}`, false]), [`${site}/${lang}`, false], [`${site}/${lang}/glossary`, false], [`${site}/${lang}/rules?q=port`, false], [`${site}/${lang}/search?q=memory`, false]];
    due += all.length * 3;
    for (const [address, wizard] of all) {
      await resize(page, 1280);
      await page.goto(address);
      if (wizard) {
        await page.waitForSelector('html[data-live]');
        hydrated += 1;
      }
      for (const width of [360, 768, 1280]) {
        await resize(page, width);
        const found = await page.evaluate(() => ({ over: document.documentElement.scrollWidth - document.documentElement.clientWidth, h1: document.querySelectorAll('h1').length }));
        check(found.over <= 0 && found.h1 === 1, `${address} at ${width}: ${JSON.stringify(found)}`);
        seen += 1;
      }
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map((v) => `${v.id} ${v.nodes[0].target}`));
      check(violations.length === 0, `${address}: ${violations}`);
    }
    // Who leaves while the program is still being fetched has done nothing wrong. That the driver may miss the end of a
    // page that is left is its own affair.
    const left = await browser.newPage();
    left.on('pageerror', (e) => wrong.push(`exception of a page that was left: ${e.message}`));
    await left.setCacheEnabled(false);
    for (let n = 0; n < 20; n += 1) {
      await left.goto(`${base}/containers`, { waitUntil: 'domcontentloaded', timeout: 5_000 }).catch(() => {});
      await left.evaluate((ms) => new Promise((done) => requestAnimationFrame(() => setTimeout(done, ms))), n).catch(() => {});
    }
    await left.close();
    await page.goto(`${base}/containers/1`);
    await page.waitForSelector('html[data-live]');
    const memory = '[name="/containerDefinitions/0/memoryReservation"]';
    await page.focus(memory);
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('8');
    await until(page, () => document.querySelector('.c-json [data-new]')?.textContent.includes('1028'));
    await page.waitForSelector('.c-save[data-state=saved]');
    const read = await (await fetch(`${site}/api/v1/drafts/${base.split('/').pop()}`)).json();
    check(read.taskDefinition.containerDefinitions[0].memoryReservation === 1028, 'what was typed was saved');
    await page.click('h1');
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    await until(page, (m) => document.querySelector(m).value === '1024', memory);
  }
} catch (error) {
  wrong.push(String(error?.stack ?? error));
} finally {
  await browser.close();
  server.kill();
  await new Promise((done) => server.once('exit', done));
  rmSync(folder, { recursive: true, force: true });
}
check(seen === due && due > 120 && hydrated === 16, `${seen} looks, ${hydrated} hydrated pages`);
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log(`Firefox: ${seen} looks at pages, ${hydrated} hydrated pages, no fault`);
