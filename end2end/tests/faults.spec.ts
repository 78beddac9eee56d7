// Faults made on purpose: seen live at their field, mended by their fix.
import { at, expect, live, pick, start, test } from './site.ts';
import type { Page } from '@playwright/test';

/** The fix under a control's message. */
const fix = (page: Page, rule: string) => page.locator(`button[value^="fix:${rule}:0:"]`).first();

const error = (page: Page, id: string) => page.locator(`#${id}-error`);

test('two containers on one port', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/ports`);
  await live(page);
  const port = at(page, '/containerDefinitions/1/portMappings/0/containerPort');
  await port.fill('8080');
  await port.blur();
  await expect(error(page, 'f-containerDefinitions-1-portMappings-0-containerPort')).toContainText('both use port 8080');
  await expect(port).toHaveAttribute('aria-invalid', 'true');
  await fix(page, 'port-conflict-across-containers').click();
  await expect(error(page, 'f-containerDefinitions-1-portMappings-0-containerPort')).toHaveCount(0);
  await expect(port).toHaveValue('3000');
});

test('1 vCPU with 1 GB', async ({ page, site, request }) => {
  const taskDefinition = { family: 'a', requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '1024', memory: '1024', containerDefinitions: [{ name: 'a', image: 'nginx:1.27' }] };
  const made = await (await request.post(`${site}/api/v1/drafts`, { data: { taskDefinition, region: 'ap-northeast-2', cluster: 'c' } })).json();
  await page.goto(`${site}/ko/d/${made.edit.token}/size`);
  await live(page);
  await expect(page.locator('#f-size-error')).toContainText('1 vCPU에는 메모리');
  await expect(page.locator('.c-json [data-bad]')).toHaveCount(1);
  await fix(page, 'sizing-fargate-pair').click();
  await expect(page.locator('#f-size-error')).toHaveCount(0);
  await expect(page.locator('.c-json')).toContainText('"memory": "2048"');
});

test('a timeout over the limit', async ({ page, site }) => {
  const base = await start(page, site, 'ko', 'tutorial');
  await page.goto(`${base}/health`);
  await live(page);
  const timeout = at(page, '/containerDefinitions/0/healthCheck/timeout');
  await timeout.fill('90');
  await timeout.blur();
  await expect(error(page, 'f-containerDefinitions-0-healthCheck-timeout')).toContainText('제한 시간은 2~60초');
  await fix(page, 'health-timeout-range').click();
  await expect(timeout).toHaveValue('5');
  await expect(error(page, 'f-containerDefinitions-0-healthCheck-timeout')).toHaveCount(0);
});

test('logs without an execution role', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/logs`);
  await live(page);
  const role = at(page, '/executionRoleArn');
  await role.fill('');
  await role.blur();
  await expect(error(page, 'f-executionRoleArn')).toContainText('need a task execution role');
  await expect(page.locator('.c-steps li[data-state=attention]')).toHaveCount(1);
  await fix(page, 'log-awslogs-execution-role').click();
  await expect(role).toHaveValue('ecsTaskExecutionRole');
  await expect(page.locator('.c-steps li[data-state=attention]')).toHaveCount(0);
});

test('continue with an error stays, shows the summary, and goes on once fixed', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  const name = at(page, '/cluster/name');
  await name.fill('');
  await page.keyboard.press('Enter');
  await expect(page.locator('#summary')).toBeFocused();
  await expect(page).toHaveTitle(/^Error: Step 1 of 7: Cluster/);
  await page.locator('#summary a').click();
  await expect(name).toBeFocused();
  await name.fill('again');
  await expect(page.locator('#f-cluster-name-error')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${base}/size`);
  await expect(page.locator('h1')).toBeFocused();
});

test('the summary keeps the focus: what Continue has saved is not saved again a moment later', async ({ page, site }) => {
  // The moment after which a change is saved by itself comes when the test says so.
  await page.addInitScript(() => {
    const real = window.setTimeout;
    const held: (() => void)[] = [];
    Object.assign(window, { later: () => { held.splice(0).forEach((f) => f()); return held.length; }, waiting: () => held.length });
    window.setTimeout = ((f: () => void, ms?: number, ...rest: any[]) => (ms === 300 ? held.push(f) : real(f, ms, ...rest))) as any;
  });
  await start(page, site, 'en', 'tutorial');
  const saves: string[] = [];
  page.on('request', (r) => { if (r.url().endsWith('/live/save')) saves.push(r.url()); });
  await at(page, '/cluster/name').fill('');
  await page.keyboard.press('Enter');
  await expect(page.locator('#summary')).toBeFocused();
  expect(await page.evaluate(() => (window as any).waiting()), 'a change waits for its moment').toBeGreaterThan(0);
  await page.evaluate(() => (window as any).later());
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(saves).toHaveLength(1);
  await expect(page.locator('#summary')).toBeFocused();
});

test('a heading that has the focus keeps it when an answer changes what is said of another container', async ({ page, site, request }) => {
  const container = (name: string) => ({ name, image: 'docker.io/kim/web:1' });
  const taskDefinition = { family: 'a', requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '512', memory: '1024', containerDefinitions: ['twice', 'twice', 'once'].map(container) };
  const made = await (await request.post(`${site}/api/v1/drafts`, { data: { taskDefinition } })).json();
  let answer = () => {};
  const held = new Promise<void>((done) => { answer = done; });
  await page.route('**/live/save', async (route) => { await held; await route.continue(); });
  await page.goto(`${site}/en/d/${made.edit.token}/containers`);
  await live(page);
  const second = page.locator('.c-list__item').nth(1);
  await expect(second).toContainText('to fix');
  await page.getByRole('button', { name: 'Remove twice' }).first().click();
  await expect(page.locator('.c-list__item')).toHaveCount(2);
  await expect(page.locator('#c1-h')).toBeFocused();
  await expect(second, 'what was said last').toContainText('to fix');
  answer();
  await expect(second).toContainText('Complete');
  await expect(page.locator('#c1-h')).toBeFocused();
});

test('what was typed just before the page is left is kept, on a machine too slow to draw it', async ({ page, site }) => {
  await start(page, site, 'en', 'tutorial');
  // A save is on its way and never answered, so that nothing else keeps what is typed after it.
  await page.route('**/live/save', () => {});
  await page.evaluate(() => { window.requestAnimationFrame = () => 0; });
  const sent = page.waitForRequest('**/live/save');
  await at(page, '/cluster/name').press('End');
  await at(page, '/cluster/name').pressSequentially('-never');
  await sent;
  await at(page, '/cluster/name').pressSequentially('-drawn');
  await page.reload();
  await live(page);
  await expect(at(page, '/cluster/name')).toHaveValue(/-never-drawn/);
});

test('each change is seen at once and saved in one request', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/containers/1`);
  await live(page);
  const saves: string[] = [];
  page.on('request', (r) => { if (r.url().includes('/live/')) saves.push(r.url()); });
  const answer = page.waitForResponse((r) => r.url().endsWith('/live/save'));
  await at(page, '/containerDefinitions/0/cpu').fill('5120');
  await expect(page.locator('.c-json')).toContainText('"cpu": 5120');
  await expect(page.locator('.c-budget [data-state=over]').first()).toContainText('4,608 units over');
  await answer;
  expect(saves).toHaveLength(1);
  await expect(page.locator('.c-save')).toHaveAttribute('data-state', 'saved');
  await page.reload();
  await expect(at(page, '/containerDefinitions/0/cpu')).toHaveValue('5120');
});

test('a row can be removed and brought back', async ({ page, site }) => {
  const base = await start(page, site, 'ko', 'tutorial');
  await page.goto(`${base}/containers/1`);
  await live(page);
  await page.locator('button[value="remove:/containerDefinitions/0/environment/0"]').click();
  await expect(at(page, '/containerDefinitions/0/environment/0/name')).toHaveValue('PORT');
  await page.locator('.c-toast button').click();
  await expect(at(page, '/containerDefinitions/0/environment/0/name')).toHaveValue('NODE_ENV');
});

test('EC2 asks for instances and warns when the task does not fit', async ({ page, site }) => {
  await start(page, site, 'en', 'tutorial');
  await pick(page, '/cluster/launch', 'EC2');
  await at(page, '/cluster/instanceType').selectOption('t3.micro');
  await expect(page.locator('#f-cluster-instanceType-warning')).toContainText('t3.micro has 1');
  await fix(page, 'sizing-ec2-fits-instance').click();
  // Advice may follow, but the type now holds the task.
  await expect(fix(page, 'sizing-ec2-fits-instance')).toHaveCount(0);
  await expect(page.getByText('t3.micro has 1')).toHaveCount(0);
});
