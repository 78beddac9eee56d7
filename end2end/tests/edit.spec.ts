// Working at full speed: undo and redo, the search of everything, shortcuts, the JSON editor, fixes, the note, the export.
import { readFileSync } from 'node:fs';
import { at, download, expect, expected, live, next, start, test } from './site.ts';
import type { Page } from '@playwright/test';

const saved = (page: Page) => expect(page.locator('.c-save')).toHaveAttribute('data-state', 'saved');
const read = async (page: Page, base: string) => (await page.request.get(`${new URL(base).origin}/api/v1/drafts/${base.split('/').pop()}`)).json();

test('every change is undone and done again, across steps and reloads', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  const undo = page.locator('#undo'), redo = page.locator('#redo');
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await at(page, '/cluster/name').fill('');
  await at(page, '/cluster/name').pressSequentially('typed as one change');
  await at(page, '/cluster/name').blur();
  await saved(page);
  await page.goto(`${base}/cluster`);
  await live(page);
  await expect(undo, 'a reload takes nothing back, and Undo says what it would').toHaveAccessibleName('Undo: your last change');
  await expect(at(page, '/cluster/name')).toHaveValue('typed as one change');
  await at(page, '/cluster/name').fill('second');
  await at(page, '/cluster/name').pressSequentially('-and-on');
  await page.locator('.c-steps a', { hasText: 'Containers' }).click();
  await page.getByRole('button', { name: 'Remove my-nginx' }).click();
  await expect(page.locator('.c-list__item')).toHaveCount(1);
  await expect(page.locator('.c-toast'), 'the note says what was done').toContainText('my-nginx: removed');
  await page.locator('h1').click();
  await page.keyboard.press('Control+z');
  await expect(page.locator('.c-list__item')).toHaveCount(2);
  await expect(page.locator('#live')).toHaveText(/^Undone. Container my-nginx: added/);
  await undo.click();
  await expect(page, 'the step where it was is shown').toHaveURL(/\/cluster/);
  await expect(at(page, '/cluster/name'), 'what was typed goes as one change').toHaveValue('typed as one change');
  await saved(page);
  await undo.click();
  await expect(at(page, '/cluster/name'), 'what was typed before the reload goes as one change too').toHaveValue('my-first-cluster');
  await expect(page.locator('.c-toast')).toContainText('Undone. Cluster name');
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  for (const name of ['typed as one change', 'second-and-on']) {
    await redo.click();
    await expect(at(page, '/cluster/name')).toHaveValue(name);
  }
  await redo.click();
  await expect(page.locator('.c-toast')).toContainText('my-nginx: removed');
  await undo.click();
  await expect(page.locator('.c-toast')).toContainText('Undone');
  const now = await read(page, base);
  expect(now.taskDefinition).toEqual(expected);
  expect(now.cluster.name).toBe('second-and-on');
});

test('the search goes to steps and containers and does things; shortcuts can be turned off', async ({ page, site }) => {
  await start(page, site, 'en', 'tutorial');
  await page.keyboard.press('Control+k');
  await expect(page.locator('#palette-q')).toBeFocused();
  await page.keyboard.type('health check: my-ng');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/health\/2#/);
  await expect(page.locator('#palette')).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.locator('#palette')).toContainText('Ctrl Enter');
  // What is not asked for yet is a list of places, drawn by the server.
  await expect(page.locator('#palette [data-item]').first()).toContainText('Cluster');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#palette [data-item]').first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('#palette-q')).toBeFocused();
  await page.keyboard.type('qqqqzzzz');
  await expect(page.locator('#palette')).toContainText('Nothing matches');
  await page.locator('#palette-q').fill('');
  // A field of the more settings, by its key, gets the focus although its part is folded.
  await page.locator('#palette-q').fill('pidMode');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/size#/);
  await expect(at(page, '/pidMode')).toBeFocused();
  // What a button does is done at once, without a load.
  await page.keyboard.press('Control+k');
  await page.locator('#palette-q').fill('add a container');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/containers\/3/);
  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('g');
  await page.keyboard.press('2');
  await expect(page).toHaveURL(/\/size$/);
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/\/containers$/);
  await page.keyboard.press('?');
  await page.locator('#palette').getByLabel(/Use single-key shortcuts/).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('1');
  await page.keyboard.press('?');
  await expect(page.locator('#palette')).toBeHidden();
  await expect(page).toHaveURL(/\/containers$/);
  // A field that is typed in keeps its keys.
  await page.locator('.c-list__item a').first().click();
  const env = at(page, '/containerDefinitions/0/environment/0/value');
  await env.fill('?g1');
  await expect(env).toHaveValue('?g1');
});

test('the newest change is told and marked in the JSON, and a line leads to its field', async ({ page, site }) => {
  await start(page, site, 'en', 'tutorial');
  await page.locator('.c-steps a', { hasText: 'Containers' }).click();
  await page.locator('.c-list__item a').nth(1).click();
  await at(page, '/containerDefinitions/1/memoryReservation').fill('600');
  await expect(page.locator('.c-preview__what')).toHaveText('my-nginx, Soft memory limit: 512 → 600');
  await expect(page.locator('.c-json [data-new]')).toHaveText(/"memoryReservation": 600/);
  await page.locator('.c-json__l', { hasText: '"image"' }).click();
  await expect(at(page, '/containerDefinitions/1/image')).toBeFocused();
  await page.getByRole('tab', { name: 'Picture' }).click();
  await page.locator('[data-visit] [data-path="/containerDefinitions/0"]').click();
  await expect(page).toHaveURL(/containers\/1#/);
});

for (const js of [true, false]) {
  test.describe(js ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled: js });
    test('the JSON editor shows findings at their lines, loses nothing, and goes back to the form', async ({ page, site }) => {
      const base = await start(page, site, 'en', 'tutorial', js);
      await page.goto(`${base}/json`);
      const area = page.locator('#f-json');
      const text = await area.inputValue();
      expect(JSON.parse(text)).toEqual(expected);
      const odd = text.replace('"family": "my-task"', '"family": "my-task",\n  "someNewKey": [1.50, "kept"]').replace('"timeout": 5', '"timeout": 90');
      await area.fill(odd);
      if (!js) await page.getByRole('button', { name: 'Check', exact: true }).click();
      const line = odd.split('\n').findIndex((l) => l.includes('"timeout": 90')) + 1;
      const found = page.locator('#found li', { hasText: `Line ${line} ` });
      await expect(found).toContainText('Timeout');
      await expect(area, 'the text stays').toHaveValue(odd);
      if (js) {
        await expect(page.locator('#marks [data-bad=error]')).toHaveText(String(line));
        await found.getByRole('button').click();
        expect(await area.evaluate((a: HTMLTextAreaElement) => a.value.slice(a.selectionStart, a.selectionEnd))).toContain('"timeout": 90');
      }
      // Half a text is not saved, and not lost.
      await area.fill(odd.slice(0, -20));
      if (js) {
        await page.unrouteAll();
        await expect(page.locator('#unsaved')).toBeVisible();
      }
      await area.fill(odd);
      await page.locator('#save').click();
      await page.waitForURL('**/review');
      const now = await read(page, base);
      expect(now.taskDefinition.someNewKey, 'a key that the form does not know').toEqual([1.5, 'kept']);
      expect(now.taskDefinition.containerDefinitions[0].healthCheck.timeout).toBe(90);
      await page.goto(`${base}/health`);
      await expect(at(page, '/containerDefinitions/0/healthCheck/timeout')).toHaveValue('90');
      await expect(page.locator('main')).toContainText('Timeout');
    });

    test('all safe fixes are shown, then made; the note and the export are there', async ({ page, site, request }) => {
      const taskDefinition = { ...expected, containerDefinitions: expected.containerDefinitions.map((c) => ({ ...c, healthCheck: { ...c.healthCheck, interval: String(c.healthCheck.interval) } })) };
      const made = await (await request.post(`${site}/api/v1/drafts`, { data: { taskDefinition } })).json();
      const base = `${site}/en/d/${made.edit.token}`;
      await page.goto(`${base}/review`);
      if (js) await live(page);
      await page.getByRole('link', { name: /Apply all safe fixes/ }).click();
      await page.waitForURL('**/fixes');
      await expect(page.locator('.c-merge').first()).toContainText('Interval');
      await page.getByRole('button', { name: /Apply all \(2\)/ }).click();
      await page.waitForURL('**/review');
      const now = await read(page, base);
      expect(now.taskDefinition.containerDefinitions.map((c: any) => c.healthCheck.interval)).toEqual(expected.containerDefinitions.map((c) => c.healthCheck.interval));
      await page.getByRole('link', { name: 'Markdown summary' }).click();
      await expect(page.locator('#f-note')).toHaveValue(/# my\\-task[^]*\| Image \| `docker\.io\/myid\/webserver:1` \|/);
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
      expect(file.suggestedFilename()).toBe('my-task.md');
      expect(readFileSync(await file.path(), 'utf8')).toContain('## my\\-nginx');
    });

    test('what changed since the export is told', async ({ page, site }) => {
      const base = await start(page, site, 'en', 'tutorial', js);
      await page.goto(`${base}/since`);
      await expect(page.locator('main')).toContainText('not exported');
      await page.goto(`${base}/review`);
      if (js) await live(page);
      expect(await download(page)).toEqual(expected);
      await page.goto(`${base}/review`);
      await expect(page.locator('#export')).toContainText('This is the version you exported');
      await page.goto(`${base}/size`);
      if (js) await live(page);
      await at(page, '/family').fill('renamed');
      await next(page);
      await page.waitForURL('**/containers');
      await page.goto(`${base}/review`);
      await page.getByRole('link', { name: 'What changed since your last export' }).click();
      // The log groups were called like it, and follow.
      await expect(page.locator('.c-merge')).toContainText([/Task definition name[^]*my-task[^]*renamed/, /Log group[^]*\/ecs\/renamed/, /Log group[^]*\/ecs\/renamed/]);
    });
  });
}

test('text that is not JSON is named with its line, and stays', async ({ browser, site }) => {
  // The refusal is a 422, which the console tells of.
  const context = await browser.newContext();
  const page = await context.newPage();
  const base = await start(page, site, 'ko', 'tutorial');
  await page.goto(`${base}/json`);
  await page.locator('#f-json').fill('{\n  "family": \n}');
  await page.locator('#save').click();
  await expect(page.locator('#f-json-error')).toContainText('3번째 줄');
  await expect(page.locator('#f-json')).toHaveValue('{\n  "family": \n}');
  await expect(page).toHaveTitle(/^오류: /);
  expect((await read(page, base)).taskDefinition).toEqual(expected);
  await context.close();
});

test('bars that are over offer fixes with their cost', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/containers/1`);
  await live(page);
  await at(page, '/containerDefinitions/0/memoryReservation').fill('3000');
  await at(page, '/containerDefinitions/0/memoryReservation').blur();
  await expect(page.locator('.c-budget [data-state=over]').first()).toContainText('over');
  const bigger = page.locator('.c-card .c-fix', { hasText: 'Use 1 vCPU' });
  await expect(bigger).toContainText(/\(\+US\$0\.0\d\d an hour\)/);
  await bigger.click();
  await expect(page.locator('.c-budget [data-state=over]')).toHaveCount(0);
  await saved(page);
  expect((await read(page, base)).taskDefinition.memory).toBe('4096');
});

test('the health page says which tools the image has, and plays what happens when it breaks', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/containers/1`);
  await live(page);
  await at(page, '/containerDefinitions/0/image').fill('node:22-slim');
  await at(page, '/containerDefinitions/0/image').blur();
  await saved(page);
  await page.locator('.c-steps a', { hasText: 'Health checks' }).click();
  const card = (tool: string) => page.locator('.c-choice__card', { has: page.locator(`input[value=${tool}]`) });
  await expect(card('curl')).toContainText('Not in this image');
  await expect(card('node')).toContainText('In this image');
  await page.locator('.c-play summary').click();
  await expect(page.locator('.c-play li').last()).toHaveText(/‘my-webserver’ is essential/);
  await expect(page.locator('.c-play')).toContainText('3 failures in a row, after up to 95 s: UNHEALTHY');
  await expect(page.locator('main')).toContainText('makes an error response count as a failure');
});

test('each question says what breaks, and leads to its word', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  let seen = 0;
  for (const step of ['cluster', 'size', 'containers/1', 'ports', 'health', 'logs']) {
    await page.goto(`${base}/${step}`);
    await live(page);
    // Fields that are made from the schema say it too, without a word of the glossary.
    const told = page.locator('details:not(.c-settings__all details)', { has: page.locator('summary', { hasText: 'What happens if this is wrong?' }) });
    for (let i = 0; i < await told.count(); i++) {
      const href = (await told.nth(i).locator('a').getAttribute('href'))!;
      const glossary = await page.request.get(site + href.split('#')[0]);
      expect(await glossary.text(), href).toContain(`id="${href.split('#')[1]}"`);
      seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(22);
});
