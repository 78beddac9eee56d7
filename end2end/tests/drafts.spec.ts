// A draft that nobody loses: offline, a server that dies, the history, revoked links, drafts of this browser.
import { test as plain } from '@playwright/test';
import { at, expect, live, Own, start, test } from './site.ts';

test('what is typed offline is kept over a reload and saved when the network is back', async ({ browser, site }) => {
  // Failed requests are the point here, so the console is not listened to.
  const context = await browser.newContext();
  const page = await context.newPage();
  const base = await start(page, site, 'en', 'tutorial');
  await context.setOffline(true);
  await at(page, '/cluster/name').fill('typed-offline');
  await expect(page.locator('.c-save')).toHaveAttribute('data-state', 'offline');
  // The old page never saves again: its next attempt must not win against the reload, so it is cut off before the network is back.
  await page.route('**/live/save', (route) => route.abort());
  await at(page, '/cluster/name').fill('typed-offline-twice');
  await context.setOffline(false);
  await page.goto('about:blank');
  const again = await context.newPage();
  await again.goto(`${base}/cluster`);
  await live(again);
  await expect(at(again, '/cluster/name')).toHaveValue('typed-offline-twice');
  await expect(again.locator('.c-save')).toContainText('Saved at');
  const read = await (await context.request.get(`${site}/api/v1/drafts/${base.split('/').pop()}`)).json();
  expect(read.cluster.name).toBe('typed-offline-twice');
  await context.close();
});

plain('a server that dies while somebody types loses no character', async ({ browser }) => {
  const own = new Own();
  await own.start();
  const context = await browser.newContext();
  const page = await context.newPage();
  const base = await start(page, own.site, 'ko', 'tutorial');
  const name = at(page, '/cluster/name');
  await name.fill('');
  const typed = 'a-name-that-is-typed-slowly-over-two-restarts';
  let kills = 0;
  for (const [i, letter] of [...typed].entries()) {
    await name.press(letter, { delay: 20 });
    if (i === 15 || i === 30) {
      await own.kill();
      kills += 1;
      await name.press('X');
      await own.start();
    }
  }
  expect(kills).toBe(2);
  await expect(page.locator('.c-save')).toHaveAttribute('data-state', 'saved', { timeout: 20_000 });
  const value = await name.inputValue();
  expect(value.replaceAll('X', '')).toBe(typed);
  const read = await (await context.request.get(`${own.site}/api/v1/drafts/${base.split('/').pop()}`)).json();
  expect(read.cluster.name).toBe(value);
  await context.close();
  await own.end();
});

test('what others changed elsewhere comes in while one types on', async ({ page, site, context }) => {
  const base = await start(page, site, 'en', 'tutorial');
  const token = base.split('/').pop();
  const read = await (await context.request.get(`${site}/api/v1/drafts/${token}`)).json();
  // The answer to a save is held back until more was typed.
  let release = () => {};
  const held = new Promise<void>((done) => { release = done; });
  await page.route('**/live/save', async (route) => { await held; await route.continue(); }, { times: 1 });
  await context.request.put(`${site}/api/v1/drafts/${token}`, { headers: { 'if-match': `"${read.revision}"` }, data: { taskDefinition: { ...read.taskDefinition, family: 'of-another' } } });
  const sent = page.waitForRequest('**/live/save');
  await at(page, '/cluster/name').fill('one');
  await sent;
  await at(page, '/cluster/name').fill('one-two');
  release();
  await expect(page.locator('.c-save')).toContainText('Saved at');
  const now = await (await context.request.get(`${site}/api/v1/drafts/${token}`)).json();
  expect([now.cluster.name, now.taskDefinition.family]).toEqual(['one-two', 'of-another']);
  await expect(page.locator('.c-json')).toContainText('of-another');
});

test('a view link shows the draft while it is edited, and nothing once it is revoked', async ({ page, site, browser }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/share`);
  const link = await page.locator('#share-view').inputValue();
  const friend = await browser.newContext();
  const other = await friend.newPage();
  await other.goto(link);
  await page.goto(`${base}/cluster`);
  await live(page);
  await at(page, '/cluster/name').fill('seen-by-a-friend');
  await expect(page.locator('.c-save')).toContainText('Saved at');
  await other.reload();
  await expect(other.locator('main')).toContainText('seen-by-a-friend');
  await page.goto(`${base}/share`);
  await page.getByText('Stop sharing').click();
  await page.getByRole('button', { name: 'Turn off this view link' }).click();
  await expect(page.locator('#share-view')).not.toHaveValue(link);
  await other.reload();
  await expect(other.locator('h1')).toHaveText('There is no draft at this link');
  await other.goto(await page.locator('#share-view').inputValue());
  await expect(other.locator('main')).toContainText('seen-by-a-friend');
  await friend.close();
});

for (const js of [true, false]) {
  test.describe(js ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled: js });
    test('the start page has my drafts, and the history gives a point back', async ({ page, site, browser }) => {
      const base = await start(page, site, 'en', 'tutorial', js);
      await at(page, '/cluster/name').fill('a-mistake');
      await page.locator('.c-actions [data-variant=primary]').click();
      await page.waitForURL('**/size');
      // Somebody else, in another browser, with the edit link.
      const other = await browser.newContext({ javaScriptEnabled: false });
      const theirs = await other.newPage();
      await theirs.goto(`${base}/cluster`);
      await at(theirs, '/cluster/name').fill('a-prank');
      await theirs.locator('.c-actions [data-variant=primary]').click();
      await theirs.waitForURL('**/size');
      await other.close();
      await page.goto(`${base}/share`);
      await page.getByRole('link', { name: 'History' }).click();
      // The new draft, this browser's change, and the other one's.
      await expect(page.locator('.c-table > li')).toHaveCount(3);
      await expect(page.locator('.c-table > li').first()).toContainText('Cluster name: a-mistake → a-prank');
      await expect(page.locator('.c-table > li').first()).toContainText('Someone else');
      await page.getByRole('link', { name: 'Open' }).first().click();
      await expect(page.locator('.c-kv')).toContainText('a-prank');
      await page.getByRole('button', { name: 'Restore this version' }).click();
      await page.waitForURL('**/review');
      await expect(page.locator('main')).toContainText('a-mistake');
      await page.goto(`${site}/en`);
      const mine = page.locator('section', { has: page.locator('#recent-h') });
      await expect(mine.locator('li')).toHaveCount(1);
      await expect(mine).toContainText('My first task');
      await mine.getByRole('link', { name: 'Links, expiry and deletion' }).click();
      await page.getByText('Delete this draft', { exact: true }).click();
      await page.getByRole('button', { name: 'Delete permanently' }).click();
      await page.waitForURL(`${site}/en`);
      await expect(page.locator('#recent-h')).toHaveCount(0);
    });
  });
}
