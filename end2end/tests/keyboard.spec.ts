// The walk by keyboard alone: no press of a mouse, from the start page to the end.
import { at, expect, live, test } from './site.ts';
import type { Page } from '@playwright/test';

/** Tabs on until something has the focus. */
async function tabTo(page: Page, what: string, back = false): Promise<void> {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    if (await page.evaluate((what) => document.activeElement?.matches(what) ?? false, what)) return;
  }
  throw new Error(`Tab does not reach ${what}`);
}

const onBody = (page: Page) => page.evaluate(() => document.activeElement === document.body);

test('the whole walk of the guide', async ({ page, site, context }) => {
  test.setTimeout(180_000);
  // 1 and 2: the skip link, and the example.
  await page.goto(`${site}/en`);
  await page.keyboard.press('Tab');
  await expect(page.locator('.c-skip')).toBeFocused();
  await expect(page.locator('.c-skip')).toBeInViewport();
  await page.keyboard.press('Enter');
  await tabTo(page, 'form:has([value=tutorial]) button');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/cluster');
  await live(page);
  const base = page.url().replace(/\/cluster$/, '');

  // 3: an empty name, the summary, the field, fixed.
  await tabTo(page, '#f-cluster-name');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('no spaces!');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('#summary')).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  await tabTo(page, '.c-summary a');
  await page.keyboard.press('Enter');
  await expect(at(page, '/cluster/name')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('by-keyboard');
  await expect(page.locator('.c-field__error')).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/size');
  await expect(page.locator('h1')).toBeFocused();

  // 4: an exact size, by arrows.
  await tabTo(page, 'input[name=size]');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('input[name=size][value=exact]')).toBeChecked();
  await tabTo(page, 'select[name=size-exact]');
  await page.keyboard.type('2 vCPU');
  await expect(page.locator('.c-json')).toContainText('"cpu": "2048"');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/containers');

  // 5: add, duplicate, move, remove, undo; the focus never falls to the body.
  await tabTo(page, '[value="duplicate:/containerDefinitions/1"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/containers/3*');
  await expect(at(page, '/containerDefinitions/2/name')).toBeFocused();
  await page.goBack();
  await page.waitForURL('**/containers');
  await tabTo(page, '[value="up:/containerDefinitions/2"]');
  await page.keyboard.press('Enter');
  await expect(page.locator('.c-list__item h2').nth(1)).toHaveText('my-nginx-2');
  expect(await onBody(page)).toBe(false);
  await tabTo(page, '[value="remove:/containerDefinitions/1"]');
  await page.keyboard.press('Enter');
  await expect(page.locator('.c-list__item')).toHaveCount(2);
  await expect.poll(() => onBody(page)).toBe(false);
  await tabTo(page, '.c-toast button');
  await page.keyboard.press('Enter');
  await expect(page.locator('.c-list__item')).toHaveCount(3);
  await page.locator('h1').focus();
  await page.keyboard.press('Control+Shift+z');
  await expect(page.locator('.c-list__item')).toHaveCount(2);

  // 6: rows by Enter, and pasted variables.
  await page.goto(`${base}/containers/1`);
  await live(page);
  await tabTo(page, '[value="add:/containerDefinitions/0/environment"]');
  for (let i = 2; i < 5; i++) {
    await page.locator('[value="add:/containerDefinitions/0/environment"]').focus();
    await page.keyboard.press('Enter');
    await expect(at(page, `/containerDefinitions/0/environment/${i}/name`)).toBeFocused();
    await page.keyboard.type(`V${i}`);
    await page.keyboard.press('Tab');
    await page.keyboard.type(`${i}`);
  }
  await tabTo(page, 'details:has(#f-dotenv) > summary');
  await page.keyboard.press('Enter');
  await tabTo(page, '#f-dotenv');
  await page.keyboard.insertText('A=1\nB="two words"');
  await tabTo(page, '[value^="dotenv:"]');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-field^="/containerDefinitions/0/environment/"][data-field$="/value"]').last()).toHaveValue('two words');

  // 7: a clash of ports, read and fixed.
  await page.goto(`${base}/ports`);
  await live(page);
  await tabTo(page, '[name="/containerDefinitions/1/portMappings/0/containerPort"]');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('8080');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('#summary')).toBeFocused();
  await tabTo(page, '.c-fix');
  await page.keyboard.press('Enter');
  await expect(page.locator('.c-summary')).toHaveAttribute('data-state', 'done');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/health');

  // 8: the kinds of check by arrows, and its timing.
  await tabTo(page, 'input[type=radio]');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.c-code')).toContainText('wget');
  await page.keyboard.press('ArrowUp');
  await tabTo(page, '.c-play > summary');
  await page.keyboard.press('Enter');
  await expect(page.locator('.c-play li').last()).toBeVisible();

  // 9: the preview by arrows; the pane scrolls by keys.
  await tabTo(page, '[role=tab]');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Commands' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await tabTo(page, '.c-json');
  await page.keyboard.press('End');
  await expect.poll(() => page.locator('.c-json').evaluate((e) => e.scrollTop)).toBeGreaterThan(0);

  // 10: review, and a change.
  await page.goto(`${base}/review`);
  await live(page);
  await tabTo(page, '.c-answers a');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/cluster$/);

  // 12: language and theme, with a value that is being typed.
  await tabTo(page, '#f-cluster-name');
  await page.keyboard.press('End');
  await page.keyboard.type('-kept');
  await tabTo(page, '.c-tools a[lang=ko]', true);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/ko/**');
  await live(page);
  await expect(at(page, '/cluster/name')).toHaveValue('by-keyboard-kept');
  await tabTo(page, '.c-menu summary');
  await page.keyboard.press('Enter');
  await tabTo(page, '[name=theme][value=dark]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[data-theme=dark]');
  await live(page);
  await expect(at(page, '/cluster/name')).toHaveValue('by-keyboard-kept');

  // 13: offline, and back.
  await tabTo(page, '#f-cluster-name');
  await context.setOffline(true);
  await page.keyboard.press('End');
  await page.keyboard.type('-offline');
  await expect(page.locator('.c-save')).toHaveAttribute('data-state', 'offline');
  await context.setOffline(false);
  await expect(page.locator('.c-save')).toHaveAttribute('data-state', 'saved');

  // 11: the links in their dialog, from the search and from the header, and back to where one was.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('공유');
  await page.keyboard.press('Enter');
  await expect(page.locator('#share-h')).toBeFocused();
  await tabTo(page, '#share-view');
  await page.keyboard.press('Escape');
  await expect(page.locator('#share')).toBeHidden();
  await expect(at(page, '/cluster/name')).toBeFocused();
  await tabTo(page, '.c-tools [href$="/share"]', true);
  await page.keyboard.press('Enter');
  await expect(page.locator('#share-h')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.c-tools [href$="/share"]')).toBeFocused();
  const read = await (await context.request.get(`${site}/api/v1/drafts/${base.split('/').pop()}`)).json();
  expect(read.cluster.name).toBe('by-keyboard-kept-offline');
  // The walk goes offline, which the console tells of; nothing else may be heard.
});

test('Enter that ends a Korean syllable sends nothing', async ({ page, site }) => {
  await page.goto(`${site}/ko`);
  await page.locator('form:has([value=tutorial]) button').first().click();
  await page.waitForURL('**/cluster');
  await live(page);
  const name = at(page, '/cluster/name');
  await name.focus();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: '한', selectionStart: 1, selectionEnd: 1 });
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
  await session.send('Input.insertText', { text: '한글' });
  await expect(name).toHaveValue(/한글/);
  await expect(page).toHaveURL(/\/cluster$/);
  await expect(page.locator('#summary')).toHaveCount(0);
});
