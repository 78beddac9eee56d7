// axe on every page: both languages, light and dark, three widths, clean and with errors.
import AxeBuilder from '@axe-core/playwright';
import { at, expect, live, start, test } from './site.ts';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const STEPS = ['cluster', 'size', 'containers', 'containers/1', 'ports', 'health', 'logs', 'review', 'share', 'register', 'doctor', 'doctor?about=pull-platform', 'history', 'history?at=1'];

async function check(page: Page, where: string) {
  const found = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(found.passes.length, `${where}: axe looked at the page`).toBeGreaterThan(10);
  expect(found.violations.map((v) => `${where}: ${v.id} ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, `${where}: no sideways scrolling`).toBeLessThanOrEqual(0);
  expect(await page.locator('h1').count(), `${where}: one h1`).toBe(1);
}

/** A second point of the history, of somebody else. */
async function changedByAnother(site: string, base: string) {
  const draft = `${site}/api/v1/drafts/${base.split('/').pop()}`;
  const read = await (await fetch(draft)).json();
  const saved = await fetch(draft, { method: 'PUT', headers: { 'if-match': `"${read.revision}"`, 'content-type': 'application/json' },
    body: JSON.stringify({ taskDefinition: { ...read.taskDefinition, family: 'of-another' } }) });
  expect(saved.status).toBe(200);
}

for (const lang of ['ko', 'en']) {
  for (const theme of ['light', 'dark'] as const) {
    test(`axe finds nothing, ${lang}, ${theme}`, async ({ page, site }) => {
      test.setTimeout(480_000);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const base = await start(page, site, lang, 'tutorial');
      await changedByAnother(site, base);
      let seen = 0;
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${site}/${lang}`);
        await expect(page.locator('.c-table > li'), 'my drafts are part of the start page').toHaveCount(1);
        await check(page, `home ${width}`);
        await page.goto(`${site}/${lang}/rules?q=port`);
        await check(page, `rules ${width}`);
        for (const step of STEPS) {
          await page.goto(`${base}/${step}`);
          if (!/share|register|doctor|history/.test(step)) await live(page);
          await check(page, `${step} ${width}`);
          seen += 1;
        }
      }
      expect(seen).toBe(42);
    });
  }

  test(`axe finds nothing on pages with errors and for strangers, ${lang}`, async ({ page, site, request }) => {
    test.setTimeout(480_000);
    const taskDefinition = { family: 'a b', requiresCompatibilities: ['FARGATE'], cpu: '1024', memory: '1024', containerDefinitions: [
      { name: 'a', image: 'MyId/nginx', environment: [{ name: 'DB_PASSWORD', value: 'x' }], portMappings: [{ containerPort: 80 }], healthCheck: { command: ['CMD-SHELL, curl x'], timeout: 90 } },
      { name: 'a', image: 'node:22-slim', portMappings: [{ containerPort: 80, hostPort: 0 }], healthCheck: { command: ['CMD-SHELL', 'curl http://localhost:80'] }, logConfiguration: { logDriver: 'awslogs' } }] };
    const made = await (await request.post(`${site}/api/v1/drafts`, { data: { taskDefinition } })).json();
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const step of ['cluster', 'size', 'containers', 'containers/1', 'ports', 'health', 'health/2', 'logs', 'review']) {
        await page.goto(`${site}/${lang}/d/${made.edit.token}/${step}?check`);
        await live(page);
        await check(page, `${step} ${width} with errors`);
      }
      await page.goto(`${site}/${lang}/s/${made.view.token}`);
      await check(page, `shared ${width}`);
    }
  });
}

test('the check can fail', async ({ page, site }) => {
  await start(page, site, 'en', 'tutorial');
  await page.evaluate(() => document.querySelector('label[for=f-cluster-name]')!.remove());
  const found = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(found.violations.map((v) => v.id)).toContain('label');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('all parts of the preview stand open and nothing needs a script', async ({ page, site }) => {
    const base = await start(page, site, 'ko', 'tutorial', false);
    await page.goto(`${base}/containers`);
    for (const part of ['#pan-json', '#pan-cmd', '#pan-pic']) await expect(page.locator(part)).toBeVisible();
    await expect(page.locator('[data-script]:visible')).toHaveCount(0);
    await expect(at(page, 'op').first()).toBeAttached();
  });
});

test('320 px and 400 % scroll in one direction only', async ({ page, site }) => {
  const base = await start(page, site, 'ko', 'tutorial');
  await page.setViewportSize({ width: 320, height: 640 });
  let seen = 0;
  for (const step of STEPS) {
    await page.goto(`${base}/${step}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, step).toBeLessThanOrEqual(0);
    seen += 1;
  }
  expect(seen).toBe(STEPS.length);
});
