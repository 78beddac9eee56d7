// The review on paper: findings, answers, commands and JSON are there, and nothing that can only be pressed.
import { expect, live, start, test } from './site.ts';
import type { Page } from '@playwright/test';

const WRONG = { family: 'a', requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '256', memory: '512', tags: null, containerDefinitions:
  Array.from({ length: 8 }, (_, i) => ({ name: `c${i}`, image: 'nginx', portMappings: [{ containerPort: 80 }], healthCheck: { command: ['CMD-SHELL', 'curl localhost'], interval: 2 + i * 0.5 }, command: ['sh', '-c', `echo ${'long-word-'.repeat(30)}`] })) };

/** What is on the paper and must not be; what must be and is not; what runs over its edge. */
async function printed(page: Page): Promise<{ pressed: string[]; lines: number; over: string[]; folded: number; findings: number }> {
  await page.emulateMedia({ media: 'print' });
  return page.evaluate(() => {
    const isSeen = (e: Element) => e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().width > 1;
    const name = (e: Element) => `${e.tagName} ${e.id || e.className} ${e.textContent!.trim().slice(0, 40)}`;
    const pressed = [...document.querySelectorAll('button, input:not([type=hidden]), select, nav, [role=tab], .c-btn, .c-fix, .c-findings a')].filter(isSeen).map(name);
    const lines = [...document.querySelectorAll('#pan-json .c-json__l')].filter(isSeen).length;
    const over = [...document.querySelectorAll('pre, p, dd, li')].filter(isSeen).filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map(name);
    const folded = [...document.querySelectorAll('[aria-labelledby=findings-h] .c-notice')].filter((e) => !isSeen(e)).length;
    return { pressed, lines, over, folded, findings: document.querySelectorAll('[aria-labelledby=findings-h] .c-notice').length };
  });
}

for (const lang of ['en', 'ko']) {
  test(`the printed review, ${lang}`, async ({ page, request, site }) => {
    await page.setViewportSize({ width: 718, height: 1000 });
    const base = await start(page, site, lang, 'tutorial');
    const draft = await (await request.post(`${site}/api/v1/drafts`, { data: { taskDefinition: WRONG } })).json();
    for (const address of [`${base}/review`, `${site}/${lang}/d/${draft.edit.token}/review`]) {
      await page.emulateMedia({ media: 'screen' });
      await page.goto(address);
      await live(page);
      // Another tab of the preview was open: it is the JSON that is printed.
      const found = await printed(page);
      expect(found).toMatchObject({ pressed: [], over: [], folded: 0 });
      expect(found.lines).toBeGreaterThan(40);
      expect(found.findings).toBeGreaterThan(3);
      const dark = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
      expect(dark).toBe('light');
      expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000);
    }
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });
    test(`the printed review is the same sheet, ${lang}, without JavaScript`, async ({ page, site }) => {
      const base = await start(page, site, lang, 'tutorial', false);
      await page.goto(`${base}/review`);
      await page.emulateMedia({ media: 'print' });
      await expect(page.locator('#pan-json')).toBeVisible();
      for (const gone of ['#pan-cmd', '#pan-pic', 'nav.c-preview__plain', '.c-findings a', '.c-actions']) {
        await expect(page.locator(gone).locator('visible=true'), gone).toHaveCount(0);
      }
    });
  });
}
