// What has to hold while a page hydrates in parts: `app/src/hydration/mod.rs` has the list.
import { at, expect, live, start, test } from './site.ts';

test('the elements of the server stay', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  let release = () => {};
  const held = new Promise<void>((done) => { release = done; });
  await page.route('**/*.wasm', async (route) => { await held; await route.continue(); });
  await page.goto(`${base}/containers/1`, { waitUntil: 'domcontentloaded' });
  const field = at(page, '/containerDefinitions/0/name');
  await field.focus();
  await field.evaluate((input: HTMLInputElement) => input.setSelectionRange(1, 4));
  // The large parts of a page: header, steps, form and its controls, preview, dialogs.
  // What is said at the controls of More settings is said anew by the program.
  const parts = 'header, nav.c-steps li, main, #step, #step [name]:not(.c-settings__all .c-fix), #preview, #preview button, dialog';
  const rendered = await page.locator(parts).evaluateAll((all) => all.map((element) => Object.assign(element, { rendered: true })).length);
  expect(rendered).toBeGreaterThan(20);
  release();
  await live(page);
  const kept = await page.locator(parts).evaluateAll((all) => all.map((element) => (element as any).rendered === true || element.outerHTML.slice(0, 80)).filter((kept) => kept !== true));
  expect(kept).toEqual([]);
  await expect(field).toBeFocused();
  expect(await field.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd])).toEqual([1, 4]);
});

test('what was typed before the program arrives is kept', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  let release = () => {};
  const held = new Promise<void>((done) => { release = done; });
  await page.route('**/*.wasm', async (route) => { await held; await route.continue(); });
  await page.goto(`${base}/cluster`, { waitUntil: 'commit' });
  await at(page, '/cluster/name').fill('typed-early');
  release();
  await live(page);
  await expect(page.locator('.c-save')).toHaveAttribute('data-state', 'saved');
  await expect(at(page, '/cluster/name')).toHaveValue('typed-early');
  await page.reload();
  await expect(at(page, '/cluster/name')).toHaveValue('typed-early');
});

// The program lets the browser take a turn before each part. Three turns are given, to fetch it, to read its texts and to mount it,
// and one for each of the first parts: the frame, the header, the steps. Then all wait.
for (const turns of [3, 4, 6]) test(`a link that is pressed after ${turns} turns of hydration leads on, and every part tells of the new page`, async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.addInitScript((turns) => {
    const real = window.setTimeout;
    const held: TimerHandler[] = [];
    let given = 0;
    Object.assign(window, { held: () => held.length, release: () => { window.setTimeout = real; held.forEach((f) => real(f)); } });
    window.setTimeout = ((f: TimerHandler, ms?: number, ...rest: any[]) => (ms === undefined && given++ >= turns ? held.push(f) : real(f, ms, ...rest))) as any;
  }, turns);
  await page.goto(`${base}/cluster`);
  await page.waitForFunction(() => (window as any).held() > 0);
  await expect(page.locator('html[data-live]')).toHaveCount(0);
  await page.evaluate(() => { (window as any).same = true; });
  await page.locator('.c-steps ol a').nth(3).click();
  await page.waitForURL('**/ports');
  expect(await page.evaluate(() => (window as any).same), 'the program went there, and no page was loaded').toBe(true);
  await page.evaluate(() => (window as any).release());
  await live(page);
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.locator('h1')).toContainText('Ports');
  await expect(page.locator('.c-steps ol [aria-current=step]')).toHaveCount(1);
  await expect(page.locator('.c-steps ol [aria-current=step]')).toContainText('Ports');
  await expect(page.getByRole('tab', { selected: true })).toHaveText('Picture');
  await expect(page.locator('.c-head__in, .c-preview__box, #palette-h, #share-h')).toHaveCount(4);
  // And all of it works.
  await at(page, '/containerDefinitions/0/portMappings/0/containerPort').fill('8081');
  await expect(page.locator('.c-save')).toContainText('Saved at');
  await page.getByRole('tab', { name: 'JSON' }).click();
  await expect(page.locator('.c-json')).toContainText('8081');
});
