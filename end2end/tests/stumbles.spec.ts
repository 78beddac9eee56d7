// What made people stumble who walked from a blank draft to ten services, and was mended.
import { at, expect, live, next, pick, start, test } from './site.ts';

const C = '/containerDefinitions/0';
const D = '/containerDefinitions/1';

test('a new container is not red before anything is typed, and is after Done', async ({ page, site }) => {
  await start(page, site, 'en', 'empty');
  await pick(page, '/cluster/launch', 'FARGATE');
  await page.locator('.c-steps').getByRole('link', { name: /Containers/ }).click();
  for (const n of [1, 2]) {
    await page.locator('button[value="add:/containerDefinitions"]').click();
    await page.waitForURL(`**/containers/${n}**`);
    await expect(at(page, `/containerDefinitions/${n - 1}/image`)).toBeVisible();
    await expect(page.locator('.c-field[data-state=error]')).toHaveCount(0);
    await next(page);
    await expect(page.locator('#summary li')).toHaveCount(2);
    await expect(page.locator('.c-field[data-state=error]')).toHaveCount(2);
    await at(page, `/containerDefinitions/${n - 1}/name`).fill(`c${n}`);
    await at(page, `/containerDefinitions/${n - 1}/image`).fill('docker.io/myid/a:1');
    await expect(page.locator('.c-field[data-state=error]')).toHaveCount(0);
    await next(page);
    await page.waitForURL('**/containers');
  }
});

test('Continue that is pressed while a save is on its way waits for what that save says', async ({ page, site }) => {
  await start(page, site, 'en', 'empty');
  await pick(page, '/cluster/launch', 'FARGATE');
  await page.locator('.c-steps').getByRole('link', { name: /Containers/ }).click();
  await page.waitForURL('**/containers');
  await expect(page.locator('.c-head')).toContainText('Saved');
  let release = () => {};
  const released = new Promise<void>((done) => { release = done; });
  await page.route('**/live/save', async (route) => { await released; await route.continue(); });
  const [held] = await Promise.all([page.waitForRequest('**/live/save'), page.locator('button[value="add:/containerDefinitions"]').click()]);
  expect(held.postData()).toContain('containerDefinitions');
  await page.waitForURL('**/containers/1**');
  await expect(at(page, '/containerDefinitions/0/image')).toBeVisible();
  await next(page);
  release();
  await expect(page.locator('#summary li')).toHaveCount(2);
});

test('a size that is not chosen is one thing to fix', async ({ page, site }) => {
  await start(page, site, 'en', 'empty');
  await pick(page, '/cluster/launch', 'FARGATE');
  await page.locator('.c-steps').getByRole('link', { name: /Task size/ }).click();
  await at(page, '/family').fill('shop');
  await next(page);
  await expect(page.locator('#summary h2')).toHaveText('Fix 1 thing to continue');
  await pick(page, 'size', '256x512');
  await expect(page.locator('#summary')).toHaveAttribute('data-state', 'done');
});

test('numbers may be typed with their unit, and are shown in the unit of the field', async ({ page, site }) => {
  const base = await start(page, site, 'ko', 'tutorial');
  await page.goto(`${base}/containers/1`);
  await live(page);
  for (const [key, typed, shown] of [['cpu', '0.25 vCPU', '256'], ['memory', '1.5GB', '1536'], ['memoryReservation', '512 MB', '512']]) {
    const field = at(page, `${C}/${key}`);
    await field.fill(typed);
    await field.blur();
    await expect(field).toHaveValue(shown);
  }
  await at(page, `${C}/cpu`).fill('half');
  await at(page, `${C}/cpu`).blur();
  await expect(page.locator('#f-containerDefinitions-0-cpu-error')).toContainText('정수여야 해요');
  await expect(at(page, `${C}/cpu`)).toHaveValue('half');
});

test('the log group of a preset follows the name, and a pasted PORT may move the port and its check', async ({ page, site }) => {
  await page.goto(`${site}/en`);
  await page.locator('form:has([value=web]) button').first().click();
  await page.waitForURL('**/cluster');
  const base = page.url().replace(/\/cluster$/, '');
  await page.goto(`${base}/size`);
  await live(page);
  await at(page, '/family').fill('orders');
  await next(page);
  await page.waitForURL('**/containers');
  await page.goto(`${base}/containers/1`);
  await live(page);
  await at(page, `${C}/environment/0/value`).fill('8000');
  await at(page, `${C}/environment/0/value`).blur();
  await page.locator('button[value^="fix:port-env-port-mismatch:1:"]').click();
  await expect(page.locator('button[value^="fix:port-env-port-mismatch"]')).toHaveCount(0);
  await page.goto(`${base}/health`);
  await live(page);
  await expect(at(page, `${C}/healthCheck~port`)).toHaveValue('8000');
  await expect(page.getByText('does not list')).toHaveCount(0);
  await page.goto(`${base}/logs`);
  await live(page);
  await expect(at(page, 'logs-group')).toHaveValue('/ecs/orders');
});

test('a check over HTTP is not taken for one of Redis, and the image’s own is one press away', async ({ page, site }) => {
  const base = await start(page, site, 'ko', 'tutorial');
  await page.goto(`${base}/containers/2`);
  await live(page);
  await at(page, `${D}/image`).fill('redis:7.4-alpine');
  await next(page);
  await page.waitForURL('**/containers');
  await page.goto(`${base}/health/2`);
  await live(page);
  await pick(page, `${D}/healthCheck~kind`, 'wget');
  await expect(page.getByText('HTTP가 아니라 Redis 방식으로')).toBeVisible();
  await page.locator('button[value^="fix:health-not-http:0:"]').click();
  await expect(at(page, `${D}/healthCheck~text`)).toHaveValue('redis-cli ping | grep PONG');
  await expect(page.getByText('HTTP가 아니라 Redis 방식으로')).toHaveCount(0);
});

test('Regions of other accounts stand apart, a worker is told that it needs no port, and its own role is asked for', async ({ page, site }) => {
  await page.goto(`${site}/en`);
  await page.locator('form:has([value=worker]) button').first().click();
  await page.waitForURL('**/cluster');
  const base = page.url().replace(/\/cluster$/, '');
  await live(page);
  await expect(at(page, '/region').locator('optgroup option')).toHaveText([/eusc-de-east-1/, /us-gov-east-1/, /us-gov-west-1/, /cn-north-1/, /cn-northwest-1/]);
  await page.goto(`${base}/ports`);
  await live(page);
  await expect(page.getByText('needs no port')).toBeVisible();
  await page.locator('button[value="add:/containerDefinitions/0/portMappings"]').click();
  await expect(page.getByText('needs no port')).toHaveCount(0);
  await page.goto(`${base}/logs`);
  await live(page);
  await at(page, '/taskRoleArn').fill('arn:aws:iam::123456789012:role/queue');
  await at(page, '/taskRoleArn').blur();
  await next(page);
  await page.waitForURL('**/review');
  await expect(page.locator('.c-answers')).toContainText(['arn:aws:iam::123456789012:role/queue']);
});

test('who comes to the review by Continue finds a name on every button, and no command without a command', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/logs`);
  await live(page);
  await pick(page, 'logs', 'no');
  await next(page);
  await page.waitForURL('**/review');
  await expect(page.getByRole('link', { name: 'Register on AWS' })).toBeVisible();
  const names = await page.locator('main :is(a, button):visible, main h2, main h3').evaluateAll((all) => all.map((e) => e.getAttribute('aria-label') ?? e.textContent!.trim()));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !name)).toEqual([]);
  await expect(page.locator('.c-cmd:visible')).toHaveCount(9);
  await expect(page.locator('.c-cmd:visible pre')).toHaveCount(9);
});

test('a Docker Hub ID is taken out of what is pasted for one, and an email address is refused at its field', async ({ page, site }) => {
  await start(page, site, 'ko', 'tutorial');
  const hub = at(page, '/aside/hub');
  await hub.fill('kim@example.com');
  await hub.blur();
  await expect(page.locator('#f-aside-hub-error')).toContainText('이메일 주소 말고');
  await expect(hub).toHaveValue('kim@example.com');
  await expect(page.locator('#preview')).toContainText('docker.io/myid/webserver:1');
  await hub.fill('docker.io/Kim');
  await hub.blur();
  await expect(page.locator('#f-aside-hub-error')).toHaveCount(0);
  await expect(hub).toHaveValue('kim');
  await expect(page.locator('#preview')).toContainText('docker.io/kim/webserver:1');
});

test('advice leaves the groups of an untouched container closed', async ({ page, site }) => {
  const base = await start(page, site, 'ko', 'tutorial');
  await page.goto(`${base}/containers/1`);
  await live(page);
  await expect(page.locator('.c-settings [data-told] .c-field__tip').first()).toBeAttached();
  await expect(page.locator('details.c-settings')).not.toHaveCount(0);
  await expect(page.locator('details.c-settings[open]')).toHaveCount(0);
});

test('without a health check nothing is promised of it', async ({ page, site }) => {
  const base = await start(page, site, 'ko', 'empty');
  await page.locator('.c-steps').getByRole('link', { name: /컨테이너/ }).click();
  await page.locator('button[value="add:/containerDefinitions"]').click();
  await page.waitForURL('**/containers/1**');
  await at(page, `${C}/image`).fill('docker.io/kim/a:1');
  await page.goto(`${base}/health`);
  await live(page);
  const timing = page.locator('[data-for=check]');
  await expect(timing).toBeHidden();
  await pick(page, `${C}/healthCheck~kind`, 'curl');
  await expect(timing).toBeVisible();
  await pick(page, `${C}/healthCheck~kind`, 'none');
  await expect(timing).toBeHidden();
});
