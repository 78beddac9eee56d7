// Registering with one's own sign-in: the page says what the script does, and gives it.
import { readFileSync } from 'node:fs';
import { at, expect, live, start, test } from './site.ts';

test('the review page leads to one script, and the page says what it does', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/register`);
  // Nobody can pull the images of the example, so there is no script of them.
  const none = page.getByRole('region', { name: 'The example’s images need your Docker Hub ID' });
  await expect(none).toBeVisible();
  await expect(page.getByRole('link', { name: 'Download deploy.sh' })).toHaveCount(0);
  expect((await page.request.get(`${site}/api/v1/drafts/${base.split('/').pop()}/export/deploy.sh`)).status()).toBe(422);
  await none.getByRole('link').click();
  await expect(page).toHaveURL(/\/cluster#f-aside-hub$/);
  await live(page);
  const saved = page.waitForResponse('**/live/save');
  await at(page, '/aside/hub').fill('kim7');
  await saved;
  await page.goto(`${base}/review`);
  await page.getByRole('link', { name: 'Register on AWS' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Register on AWS');
  const steps = page.getByRole('region', { name: 'What the script does' }).getByRole('listitem');
  await expect(steps).toHaveText([/Cluster my-first-cluster/, /Log group \/ecs\/my-task/, /Task execution role ecsTaskExecutionRole/, /Task definition my-task/]);
  for (const [name, word] of [['deploy.sh', 'register-task-definition'], ['teardown.sh', 'deregister-task-definition']] as const) {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: `Download ${name}` }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(name);
    const script = readFileSync(await file.path(), 'utf8');
    expect(script.startsWith('#!/usr/bin/env bash\n')).toBe(true);
    expect(script).toContain(word);
    expect(script).toContain("export AWS_REGION='ap-northeast-2'");
  }
  await expect(page.getByRole('link', { name: 'Open CloudShell' })).toHaveAttribute('href', 'https://ap-northeast-2.console.aws.amazon.com/cloudshell/home?region=ap-northeast-2');
  await expect(page.locator('.c-notice[data-variant=warn]')).toHaveCount(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('what AWS would refuse is said before the script is run, and one press leads there', async ({ page, site, request }) => {
    const made = await (await request.post(`${site}/api/v1/drafts`, { data: { taskDefinition: { family: 'a b', cpu: '1024', memory: '1024', requiresCompatibilities: ['FARGATE'], containerDefinitions: [] } } })).json();
    await page.goto(`${site}/ko/d/${made.edit.token}/register`);
    await expect(page.locator('.c-notice[data-variant=warn]')).toContainText('이대로는 등록하거나 시작할 수 없어요');
    await page.locator('.c-notice[data-variant=warn] a').click();
    await expect(page).toHaveURL(/\/review#findings-h$/);
    await expect(page.locator('#findings-h')).toBeVisible();
  });
});
