// What the page does while somebody works: it follows, keeps still under a press, and tells its other tabs.
import { at, expect, live, start, test } from './site.ts';

test('the JSON scrolls to the field in focus', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/health/2`);
  await live(page);
  const pane = page.locator('.c-json');
  const isSeen = () => pane.evaluate((pane) => {
    const [line, box] = [pane.querySelector('[data-path="/containerDefinitions/1/healthCheck/interval"]')!, pane].map((e) => e.getBoundingClientRect());
    return line.top >= box.top && line.bottom <= box.bottom;
  });
  expect(await isSeen()).toBe(false);
  await at(page, '/containerDefinitions/1/healthCheck/interval').focus();
  await expect.poll(isSeen).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('/containerDefinitions/1/healthCheck/interval');
});

test('two tabs of one browser show the same draft, and what was saved last counts without a question', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  const second = await page.context().newPage();
  await second.goto(`${base}/cluster`);
  await live(second);
  const [one, two] = [at(page, '/cluster/name'), at(second, '/cluster/name')];
  await one.fill('from-one');
  await expect(two).toHaveValue('from-one');
  // Both type before either knows of the other; the first tab's save arrives last.
  let send = () => {};
  const held = new Promise<void>((done) => { send = done; });
  await page.route('**/live/save', async (route) => { await held; await route.continue(); });
  await one.fill('typed-in-one');
  const saved = second.waitForResponse('**/live/save');
  await two.fill('typed-in-two');
  await saved;
  send();
  // A control keeps what is being typed in it; the draft behind it has the newer answer.
  await expect(second.locator('#pan-cmd pre')).toContainText('--cluster-name typed-in-one');
  for (const tab of [page, second]) {
    await expect(tab.locator('.c-save')).toHaveAttribute('data-state', 'saved');
    await expect(tab.locator('form.c-notice')).toHaveCount(0);
  }
});

test('a press is not lost to a message that appears while it lasts', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/containers/1`);
  await live(page);
  const rows = page.locator('[name^="/containerDefinitions/0/environment/"][name$="/name"]');
  await expect(rows).toHaveCount(2);
  // The answer comes while the button is down, however slow the machine is.
  let release = () => {};
  const held = new Promise<void>((done) => { release = done; });
  await page.route('**/live/save', async (route) => { await held; await route.continue(); });
  const answered = page.waitForResponse('**/live/save');
  await at(page, '/containerDefinitions/0/environment/1/name').fill('DB_PASSWORD');
  const add = page.locator('button[value="add:/containerDefinitions/0/environment"]');
  await add.hover();
  await page.mouse.down();
  release();
  await answered;
  // Two frames: what the answer brings would be drawn by now.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.mouse.up();
  await expect(rows).toHaveCount(3);
  await expect(page.locator('.c-rows__msg')).not.toHaveCount(0);
});

test('a command has names that were chosen, and is copied only then', async ({ page, site }) => {
  await start(page, site, 'en', 'empty');
  const commands = page.locator('#pan-cmd');
  await expect(commands.locator('pre')).toContainText('--cluster-name CLUSTER');
  await expect(commands.locator('pre')).toContainText('--region REGION');
  await expect(commands.locator('[data-copy]')).toHaveCount(0);
  await at(page, '/region').selectOption('eu-west-1');
  await at(page, '/cluster/name').fill('mine');
  await expect(commands.locator('pre')).toContainText('--region eu-west-1');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await commands.locator('[data-copy]').click();
  await expect(commands.locator('[data-copy] span').first()).toHaveText('Copied 3 lines');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('aws ecs create-cluster \\\n  --cluster-name mine \\\n  --region eu-west-1');
});

test('an imported file without a Region is told apart from the commands that need one', async ({ page, site, request }) => {
  const container = { name: 'web', image: 'docker.io/kim/web:1', essential: true, logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'ecs' } } };
  const taskDefinition = { family: 'a', requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '256', memory: '512', executionRoleArn: 'ecsTaskExecutionRole', containerDefinitions: [container] };
  const made = await (await request.post(`${site}/api/v1/drafts`, { data: { taskDefinition } })).json();
  await page.goto(`${site}/en/d/${made.edit.token}/review`);
  await live(page);
  await expect(page.getByRole('heading', { name: 'No errors found in this definition' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Only the commands need these (2)' })).toBeVisible();
  await expect(page.locator('.c-steps li[data-state=attention]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Use eu-west-1, the Region in the definition' }).click();
  await expect(page.getByRole('heading', { name: 'Only the commands need these (1)' })).toBeVisible();
  await expect(page.locator('#take')).toContainText('--region eu-west-1');
});
