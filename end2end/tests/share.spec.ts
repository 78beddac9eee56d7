// Links, languages, two people.
import AxeBuilder from '@axe-core/playwright';
import { at, expect, listen, live, start, test } from './site.ts';

test('a view link opens elsewhere, reads everything and gives a copy', async ({ page, site, browser }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/share`);
  const link = await page.locator('#share-view').inputValue();
  const friend = await browser.newContext();
  const heard = listen(friend);
  const other = await friend.newPage();
  await other.goto(link);
  await expect(other.locator('h1')).toHaveText('My first task');
  await expect(other.locator('.c-json')).toContainText('"family": "my-task"');
  await expect(other.locator('input:not([type=hidden]), textarea')).toHaveCount(0);
  await other.getByRole('button', { name: 'Make my own copy' }).click();
  await other.waitForURL('**/cluster');
  await live(other);
  await at(other, '/cluster/name').fill('copied');
  await at(other, '/cluster/name').blur();
  await expect(other.locator('.c-save')).toContainText('Saved at');
  await page.goto(`${base}/cluster`);
  await expect(at(page, '/cluster/name')).toHaveValue('my-first-cluster');
  expect(heard).toEqual([]);
  await friend.close();
});

test('the language switch keeps step, draft and what was just typed', async ({ page, site }) => {
  const base = await start(page, site, 'ko', 'tutorial');
  await page.goto(`${base}/containers/2`);
  await live(page);
  await at(page, '/containerDefinitions/1/image').fill('docker.io/myid/nginx:2');
  await page.getByRole('link', { name: 'English' }).click();
  await page.waitForURL(`${base.replace('/ko/', '/en/')}/containers/2`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(at(page, '/containerDefinitions/1/image')).toHaveValue('docker.io/myid/nginx:2');
});

test('two people on one draft: different fields merge, the same field asks', async ({ page, site, context, browser }) => {
  const base = await start(page, site, 'en', 'tutorial');
  const other = await context.newPage();
  await other.goto(`${base}/size`);
  await live(other);
  await at(page, '/cluster/name').fill('mine');
  await expect(page.locator('.c-save')).toContainText('Saved at');
  await at(other, '/family').fill('other');
  await expect(other.locator('.c-save')).toContainText('Saved at');
  const friend = await browser.newContext();
  const heard = listen(friend);
  const stale = await friend.newPage();
  await stale.goto(`${base}/cluster`);
  await live(stale);
  await expect(at(stale, '/cluster/name')).toHaveValue('mine');
  await at(page, '/cluster/name').fill('first');
  await at(page, '/cluster/name').blur();
  await expect(page.locator('.c-save')).toHaveAttribute('data-state', 'saved');
  await at(stale, '/cluster/name').fill('second');
  await expect(stale.locator('[role=alert].c-notice')).toBeVisible();
  await expect(at(stale, '/cluster/name')).toHaveValue('second');
  await stale.getByRole('button', { name: 'Compare and choose' }).click();
  await expect(stale.locator('.c-merge')).toHaveCount(1);
  await expect(stale.locator('.c-merge legend')).toHaveText('Cluster name');
  await stale.getByLabel('Theirs').check();
  await stale.getByRole('button', { name: 'Save these choices' }).click();
  await stale.waitForURL('**/review');
  await stale.goto(`${base}/cluster`);
  await live(stale);
  await expect(at(stale, '/cluster/name')).toHaveValue('first');
  await expect(stale.locator('.c-save')).toHaveAttribute('data-state', 'saved');
  expect(heard).toEqual([]);
  await friend.close();
});

test('an imported definition opens, says what it dropped, and comes out again', async ({ page, site }) => {
  await page.goto(`${site}/en`);
  await page.locator('#f-paste').fill(JSON.stringify({ taskDefinition: { family: 'kept', revision: 4, newKey: { deep: [1] }, containerDefinitions: [] } }));
  await page.getByRole('button', { name: 'Open as a draft' }).click();
  await page.waitForURL('**/cluster');
  await expect(page.locator('.c-notice').first()).toContainText('revision');
  await page.goto(page.url().replace('cluster', 'review'));
  await live(page);
  await expect(page.locator('.c-json')).toContainText('"newKey"');
  await expect(page.locator('.c-findings').last()).toContainText('We do not recognise the key newKey');
});

for (const lang of ['ko', 'en']) {
  test(`the links stand in a dialog over the step, in ${lang}`, async ({ page, site, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const base = await start(page, site, lang, 'tutorial');
    // What was typed a moment ago is saved before the links are shown.
    await at(page, '/cluster/name').fill('just-typed');
    await page.locator('.c-tools [href$="/share"]').click();
    const dialog = page.locator('#share');
    await expect(dialog).toBeVisible();
    await expect(page.locator('#share-h')).toBeFocused();
    await expect(page.locator('.c-save')).toHaveAttribute('data-state', 'saved');
    const link = await dialog.locator('#share-view').inputValue();
    expect(link).toContain(`${site}/${lang}/s/`);
    await dialog.locator('[data-copy=share-view]').click();
    await expect(dialog.locator('[data-copy=share-view] span')).toHaveText(lang === 'ko' ? '복사했어요' : 'Copied');
    await expect(dialog.locator('[data-said]')).not.toBeEmpty();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    const found = await new AxeBuilder({ page }).include('#share').withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(found.violations.map((v) => v.id)).toEqual([]);
    await dialog.locator('.c-dialog__head button').click();
    await expect(dialog).toBeHidden();

    // Without a connection it says so, and the next press has the links.
    await page.route('**/share', (route) => route.abort('internetdisconnected'));
    await page.locator('.c-tools [href$="/share"]').click();
    await expect(dialog.locator('#share-in')).toContainText(lang === 'ko' ? '인터넷 연결이 필요해요' : 'Try again when you are back online');
    await page.keyboard.press('Escape');
    await page.unroute('**/share');
    await page.locator('.c-tools [href$="/share"]').click();
    await expect(dialog.locator('#share-view')).toHaveValue(link);

    // Its forms are those of the page: the old link ends, and the page shows the new one.
    await dialog.locator('summary').first().click();
    await dialog.locator('button[value=revoke]').click();
    await page.waitForURL(`${base}/share`);
    await expect(page.locator('#share-view')).not.toHaveValue(link);
    const fresh = await page.locator('#share-view').inputValue();
    await page.locator('[data-copy=share-view]').click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(fresh);
  });
}
