// The network mode is one question of the step of ports: what each mode means, how many tasks fit, and what Fargate decides.
import { at, expect, live, next, pick, start, test } from './site.ts';
import type { APIRequestContext, Page } from '@playwright/test';

const MODE = '/networkMode';
const modes = (page: Page) => page.locator(`input[name="${MODE}"]`).evaluateAll((all) => all.map((e) => (e as HTMLInputElement).value));

async function made(request: APIRequestContext, site: string, lang: string, launch: string, more: object = {}): Promise<{ base: string; api: string }> {
  const taskDefinition = { family: 'a', requiresCompatibilities: [launch], memory: '512', ...more,
    containerDefinitions: [{ name: 'web', image: 'nginx:1.27', memory: 256, portMappings: [{ containerPort: 80 }] }] };
  const draft = await (await request.post(`${site}/api/v1/drafts`, { data: { taskDefinition } })).json();
  return { base: `${site}/${lang}/d/${draft.edit.token}`, api: `${site}/api/v1/drafts/${draft.edit.token}` };
}

test('on EC2 the mode is asked for once, and ports, JSON and room follow it', async ({ page, request, site }) => {
  const { base } = await made(request, site, 'en', 'EC2');
  await page.goto(`${base}/cluster`);
  await live(page);
  await at(page, '/cluster/instanceType').selectOption('t3.small');
  await at(page, '/cluster/count').fill('2');
  await page.locator(`a[href$="/ports"]`).first().click();
  await page.waitForURL('**/ports');
  expect(await modes(page)).toEqual(['awsvpc', 'bridge', 'host', 'none', '']);
  await expect(page.locator(`input[name="${MODE}"]:checked`)).toHaveValue('');
  const host = page.getByRole('columnheader', { name: 'Host port' });
  await expect(host).toBeVisible();
  await pick(page, MODE, 'awsvpc');
  await expect(host).toHaveCount(0);
  await expect(page.locator('#pan-json')).toContainText('"networkMode": "awsvpc"');
  await expect(page.locator('#room')).toContainText('network interfaces 2');
  await pick(page, MODE, 'bridge');
  await expect(host).toBeVisible();
  await expect(page.getByText('In bridge mode, each container has its own network')).toBeVisible();
  await expect(page.locator('#room')).not.toContainText('network interfaces');
  // A fixed host port leaves room for one task on each instance.
  await at(page, '/containerDefinitions/0/portMappings/0/hostPort').fill('80');
  await at(page, '/containerDefinitions/0/portMappings/0/hostPort').blur();
  await expect(page.locator('#room')).toContainText('fixed host port 1');
  // There is no second way to the same answer.
  await page.goto(`${base}/cluster`);
  await live(page);
  await expect(page.locator(`[name="${MODE}"]`)).toHaveCount(0);
});

test('what AWS would reject is not offered, and what was imported is kept with its finding in place', async ({ page, request, site }) => {
  for (const [launch, more, offered] of [
    ['EXTERNAL', {}, ['bridge', 'host', 'none', '']],
    ['MANAGED_INSTANCES', {}, ['awsvpc', 'host', '']],
    ['EC2', { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }, ['awsvpc', '']],
    ['EXTERNAL', { networkMode: 'awsvpc' }, ['bridge', 'host', 'none', '', 'awsvpc']],
    ['FARGATE', { networkMode: 'bridge', cpu: '256' }, ['awsvpc', 'bridge']],
  ] as const) {
    const { base } = await made(request, site, 'ko', launch, more);
    await page.goto(`${base}/ports?check`);
    await live(page);
    expect(await modes(page), launch).toEqual([...offered]);
    const wrong = 'networkMode' in more;
    await expect(page.locator('#f-networkMode-error')).toHaveCount(wrong ? 1 : 0);
    if (!wrong) continue;
    await expect(page.locator(`input[name="${MODE}"]:checked`)).toHaveValue(more.networkMode);
    // The button of the finding puts it right, and the cards follow.
    await page.locator('#g-network .c-fix').first().click();
    await expect(page.locator(`input[name="${MODE}"]:checked`)).toHaveValue(offered[0]);
    await expect(page.locator('#f-networkMode-error')).toHaveCount(0);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the mode is chosen, and Fargate says why it is fixed', async ({ page, request, site }) => {
    const { base, api } = await made(request, site, 'ko', 'EC2');
    const mode = async () => (await (await request.get(api)).json()).taskDefinition.networkMode;
    await page.goto(`${base}/ports`);
    await next(page);
    expect(await mode(), 'a form that changes nothing writes nothing').toBeUndefined();
    await page.goto(`${base}/ports`);
    await pick(page, MODE, 'host');
    await next(page);
    expect(await mode()).toBe('host');
    await page.goto(`${base}/ports`);
    await expect(page.getByText('host 모드에서는 컨테이너가 인스턴스의 네트워크를 그대로 써요')).toBeVisible();
    const fargate = await start(page, site, 'ko', 'tutorial', false);
    await page.goto(`${fargate}/ports`);
    await expect(page.locator('#f-networkMode')).toContainText('Fargate에서는 awsvpc만 쓸 수 있어요');
    await expect(page.locator(`[name="${MODE}"]`)).toHaveCount(0);
  });
});
