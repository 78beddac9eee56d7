// The automated checklist of the design guide: every page, both languages, light and dark, three widths; clean, with
// errors, and without JavaScript. The second half proves of each check that it can fail.
import { at, expect, live, next, start, test } from './site.ts';
import * as checks from './checks.ts';
import type { APIRequestContext, Page } from '@playwright/test';

const STEPS = ['cluster', 'size', 'containers', 'containers/1', 'ports', 'health', 'logs', 'review'];
const OTHERS = ['share', 'register', 'doctor', 'doctor?about=pull-platform', 'history', 'history?at=1', 'json', 'fixes', 'note', 'export', 'export?format=compose', 'since', 'inspect'];
const SITE = ['', 'rules?q=port', 'doctor', 'doctor?symptom=unreachable&a=0', 'glossary', 'search?q=memory'];
const WIDTHS = [360, 768, 1280];
/** Looks of axe at one page: each width in each theme. */
const LOOKS = WIDTHS.length * 2;

const WRONG = { family: 'a b', requiresCompatibilities: ['FARGATE'], cpu: '1024', memory: '1024', containerDefinitions: [
  { name: 'a', image: 'MyId/nginx', memoryReservation: 2048, environment: [{ name: 'DB_PASSWORD', value: 'x' }], portMappings: [{ containerPort: 80 }], healthCheck: { command: ['CMD-SHELL, curl x'], timeout: 90 } },
  { name: 'a', image: 'node:22-slim', portMappings: [{ containerPort: 80, hostPort: 0 }], healthCheck: { command: ['CMD-SHELL', 'curl http://localhost:80'] }, logConfiguration: { logDriver: 'awslogs' } }] };

/** An application with everything that the import pages show: questions, a file beside, what breaks. */
const SHOP = `name: shop
services:
  nginx: {image: "nginx:1.27", ports: ["8080:80"], depends_on: [api], environment: {UP: "http://api:3000"}, volumes: ["./n.conf:/etc/nginx/nginx.conf"]}
  api: {image: "node:22", environment: {DB: "db:5432", DB_PASSWORD: correct-horse-9}, privileged: true}
  db: {image: "postgres:17"}
`;

async function wrong(request: APIRequestContext, site: string, lang: string): Promise<{ base: string; view: string }> {
  const made = await (await request.post(`${site}/api/v1/drafts`, { data: { taskDefinition: WRONG } })).json();
  return { base: `${site}/${lang}/d/${made.edit.token}`, view: `${site}/${lang}/s/${made.view.token}` };
}

/** Somebody else's change, so that the history has two points. */
async function changedByAnother(site: string, base: string) {
  const draft = `${site}/api/v1/drafts/${base.split('/').pop()}`;
  const read = await (await fetch(draft)).json();
  const saved = await fetch(draft, { method: 'PUT', headers: { 'if-match': `"${read.revision}"`, 'content-type': 'application/json' },
    body: JSON.stringify({ taskDefinition: { ...read.taskDefinition, family: 'of-another' } }) });
  expect(saved.status).toBe(200);
}

/** A page in both themes and all widths; how many times axe looked. */
async function look(page: Page, where: string, lang: string, wizard: boolean): Promise<number> {
  let seen = 0;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const found = [await checks.structure(page, lang, wizard), await checks.labels(page), await checks.reflow(page), await checks.targets(page)].flat();
    expect(found, `${where} at ${width}`).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await checks.axe(page), `${where} at ${width}, ${colorScheme}`).toEqual([]);
      seen += 1;
    }
  }
  return seen;
}

for (const lang of ['ko', 'en']) {
  test(`every step is clean, ${lang}`, async ({ page, site }) => {
    test.setTimeout(900_000);
    const base = await start(page, site, lang, 'tutorial');
    let seen = 0;
    for (const step of STEPS) {
      await page.goto(`${base}/${step}`);
      await live(page);
      seen += await look(page, step, lang, true);
    }
    expect(seen).toBe(STEPS.length * LOOKS);
  });

  test(`every other page is clean, ${lang}`, async ({ page, site }) => {
    test.setTimeout(900_000);
    const base = await start(page, site, lang, 'tutorial');
    await page.request.get(`${site}/api/v1/drafts/${base.split('/').pop()}/export/json`);
    await changedByAnother(site, base);
    const pages = [...OTHERS.map((p) => `${base}/${p}`), ...SITE.map((p) => `${site}/${lang}/${p}`.replace(/\/$/, ''))];
    let seen = 0;
    for (const address of pages) {
      await page.goto(address);
      seen += await look(page, address.replace(site, ''), lang, false);
    }
    expect(seen).toBe(pages.length * LOOKS);
  });

  test(`the questions and the report of an import are clean, ${lang}`, async ({ page, site, browser }) => {
    test.setTimeout(900_000);
    await page.goto(`${site}/${lang}`);
    await page.locator('#f-paste').fill(SHOP);
    await page.locator('#import form button').click();
    await expect(page.locator('h2#ask-h')).toBeVisible();
    let seen = await look(page, 'import questions', lang, false);
    await page.locator('button[value=make]').click();
    await page.waitForURL('**/import');
    seen += await look(page, 'import report', lang, false);
    // The refusal is a 422, which the console tells of.
    const context = await browser.newContext();
    const refused = await context.newPage();
    await refused.goto(`${site}/${lang}`);
    await refused.locator('#f-paste').fill('services:\n\tweb: {image: x}\n');
    await refused.locator('#import form button').click();
    await expect(refused.locator('#f-paste-error')).toBeVisible();
    await expect(refused.locator('#f-paste')).toHaveValue(/web: /);
    await context.close();
    expect(seen).toBe(2 * LOOKS);
  });

  test(`every step is clean with errors, and each link of its summary leads there, ${lang}`, async ({ page, site, request }) => {
    test.setTimeout(900_000);
    const { base, view } = await wrong(request, site, lang);
    let [seen, summaries] = [0, 0];
    for (const step of [...STEPS, 'health/2']) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${base}/${step}?check`);
      await live(page);
      if (await page.locator('.c-summary li').count()) {
        expect(await checks.summary(page), `${step}: summary`).toEqual([]);
        summaries += 1;
        await page.goto(`${base}/${step}?check`);
        await live(page);
      }
      seen += await look(page, `${step} with errors`, lang, true);
    }
    for (const address of [view, `${base}/fixes`, `${base}/json`]) {
      await page.goto(address);
      seen += await look(page, address.replace(site, ''), lang, false);
    }
    expect(seen).toBe(12 * LOOKS);
    expect(summaries).toBeGreaterThan(5);
  });

  test(`every step is clean without JavaScript, ${lang}`, async ({ page, site, request }) => {
    test.setTimeout(900_000);
    const { base } = await wrong(request, site, lang);
    // axe itself needs scripts, so the page is what a browser without them makes of it: none of its own, and noscript in force.
    await page.route((url) => url.pathname.includes('/d/'), async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<script[^]*?<\/script>/g, '').replace(/<\/?noscript>/g, '');
      await route.fulfill({ response, body });
    });
    let seen = 0;
    for (const step of STEPS) {
      await page.goto(`${base}/${step}?check`);
      await expect(page.locator('[data-script]:visible'), 'nothing is shown that needs a script').toHaveCount(0);
      await expect(page.locator('html[data-live]')).toHaveCount(0);
      seen += await look(page, `${step} without JavaScript`, lang, true);
    }
    expect(seen).toBe(STEPS.length * LOOKS);
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });
    test(`every step comes back with what is wrong, ${lang}`, async ({ page, site, request }) => {
      const { base } = await wrong(request, site, lang);
      let back = 0;
      for (const step of STEPS.slice(0, -1)) {
        await page.goto(`${base}/${step}`);
        await next(page);
        await page.waitForURL(/\?check$|\/(size|containers|ports|health|logs|review)(\/\d)?$/);
        if (!page.url().endsWith('?check')) continue;
        back += 1;
        await expect(page.locator('#summary')).toBeFocused();
        await expect(page).toHaveTitle(/^(Error|오류): /);
      }
      expect(back).toBeGreaterThan(4);
      for (const part of ['#pan-json', '#pan-cmd', '#pan-pic']) await expect(page.locator(part)).toBeVisible();
    });
  });

  test(`by keyboard each stop is in view, uncovered and ringed, ${lang}`, async ({ page, site }) => {
    test.setTimeout(900_000);
    const base = await start(page, site, lang, 'tutorial');
    let seen = 0;
    for (const step of [...STEPS, 'share', 'json', 'since']) {
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 700 });
        await page.goto(`${base}/${step}`);
        if (STEPS.includes(step)) await live(page);
        expect(await checks.focus(page), `${step} at ${width}`).toEqual([]);
        seen += 1;
      }
    }
    expect(seen).toBe(22);
  });
}

test('320 px, 400 %, wide spacing and longer words cut nothing off', async ({ page, site }) => {
  test.setTimeout(240_000);
  let seen = 0;
  for (const lang of ['en', 'ko']) {
    const base = await start(page, site, lang, 'tutorial');
    for (const step of [...STEPS, ...OTHERS]) {
      // 1280 px at 400 % are 320 px.
      await page.setViewportSize({ width: 320, height: 256 });
      await page.goto(`${base}/${step}`);
      expect(await checks.reflow(page), `${step} at 320`).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await checks.spacing(page), `${step} with wide spacing`).toEqual([]);
      await page.setViewportSize({ width: 360, height: 900 });
      expect(await checks.spacing(page), `${step} with wide spacing at 360`).toEqual([]);
      if (lang === 'en') expect(await checks.longer(page), `${step} with longer words`).toEqual([]);
      seen += 1;
    }
  }
  expect(seen).toBe(2 * (STEPS.length + OTHERS.length));
});

test('typing says nothing, and an error that comes late is said once', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  await page.goto(`${base}/containers/2`);
  await live(page);
  await page.evaluate(() => {
    const said: string[] = ((window as any).said = []);
    for (const id of ['live', 'alert']) new MutationObserver(() => said.push(document.getElementById(id)!.textContent!)).observe(document.getElementById(id)!, { childList: true, characterData: true, subtree: true });
  });
  const said = () => page.evaluate(() => (window as any).said as string[]);
  await at(page, '/containerDefinitions/1/name').fill('');
  await at(page, '/containerDefinitions/1/name').pressSequentially('twenty-letters-long-');
  await expect(page.locator('.c-save')).toHaveAttribute('data-state', 'saved');
  expect(await said()).toEqual([]);
  // The answer is held back until the field was left.
  let release = () => {};
  const held = new Promise<void>((done) => { release = done; });
  await page.route('**/live/save', async (route) => { await held; await route.continue(); }, { times: 1 });
  await at(page, '/containerDefinitions/1/memoryReservation').fill('9000');
  await page.locator('h1').click();
  await at(page, '/containerDefinitions/1/image').focus();
  release();
  await expect.poll(said).toHaveLength(1);
  expect((await said())[0]).toMatch(/^Soft memory limit.*: Soft limits add up to/s);
  await at(page, '/containerDefinitions/1/memoryReservation').fill('1024');
  await at(page, '/containerDefinitions/1/image').focus();
  await expect.poll(said).toHaveLength(2);
  expect((await said())[1]).toMatch(/: fixed$/);
});

test.describe('each check can fail', () => {
  const broken: [string, (page: Page) => Promise<string[]>, (page: Page) => Promise<unknown>][] = [
    ['axe', checks.axe, (p) => p.evaluate(() => document.querySelector('label[for=f-cluster-name]')!.remove())],
    ['axe on contrast', checks.axe, (p) => p.evaluate(() => document.documentElement.style.setProperty('--muted', '#c0c0c0'))],
    ['headings', (p) => checks.structure(p, 'en', true), (p) => p.evaluate(() => { document.querySelector('h1')!.outerHTML = '<h3>x</h3>'; })],
    ['landmarks', (p) => checks.structure(p, 'en', true), (p) => p.evaluate(() => document.querySelector('aside')!.remove())],
    ['language', (p) => checks.structure(p, 'en', true), (p) => p.evaluate(() => { document.documentElement.lang = 'de'; })],
    ['title', (p) => checks.structure(p, 'en', true), (p) => p.evaluate(() => { document.title = `Error: ${document.title}`; })],
    ['live regions', (p) => checks.structure(p, 'en', true), (p) => p.evaluate(() => { document.getElementById('live')!.textContent = 'x'; })],
    ['labels', checks.labels, (p) => p.evaluate(() => document.querySelector('label[for=f-cluster-name]')!.remove())],
    ['reflow', checks.reflow, (p) => p.evaluate(() => { document.querySelector('h1')!.textContent = 'x'.repeat(400); document.querySelector<HTMLElement>('h1')!.style.whiteSpace = 'nowrap'; })],
    ['targets', checks.targets, (p) => p.evaluate(() => { const b = document.querySelector<HTMLElement>('.c-actions .c-btn')!; b.style.cssText = 'min-block-size:0;block-size:16px;padding:0'; })],
    ['spacing', checks.spacing, (p) => p.evaluate(() => { document.querySelector<HTMLElement>('.c-title')!.style.cssText = 'block-size:3rem;overflow:hidden'; })],
    ['longer words', checks.longer, (p) => p.evaluate(() => document.querySelectorAll<HTMLElement>('h1,p,label').forEach((e) => { e.style.whiteSpace = 'nowrap'; }))],
    ['a ring', checks.focus, (p) => p.evaluate(() => { const s = new CSSStyleSheet(); s.replaceSync('*{outline:0!important}'); document.adoptedStyleSheets.push(s); })],
    ['out of view', checks.focus, (p) => p.evaluate(() => { document.querySelector<HTMLElement>('#f-cluster-name')!.style.cssText = 'position:fixed;inset-inline-start:-999px'; })],
    ['out of order', checks.focus, (p) => p.evaluate(() => { document.querySelector<HTMLElement>('.c-actions .c-btn')!.tabIndex = 5; })],
    ['covered', checks.focus, (p) => p.evaluate(() => { const d = document.createElement('div'); d.style.cssText = 'position:fixed;inset:0;z-index:9'; document.body.append(d); })],
  ];
  for (const [name, check, spoil] of broken) {
    test(name, async ({ page, site }) => {
      await start(page, site, 'en', 'tutorial');
      await page.setViewportSize({ width: 360, height: 800 });
      if (name !== 'out of order') expect(await check(page), 'before').toEqual([]);
      await spoil(page);
      expect((await check(page)).length, 'after').toBeGreaterThan(0);
    });
  }

  test('focus under the strip, without room for it', async ({ page, site }) => {
    const base = await start(page, site, 'en', 'tutorial');
    await page.setViewportSize({ width: 360, height: 700 });
    await page.goto(`${base}/containers/1`);
    await live(page);
    expect(await checks.focus(page)).toEqual([]);
    await page.evaluate(() => { document.documentElement.style.scrollPadding = '0'; document.querySelector<HTMLElement>('.c-strip')!.style.blockSize = '45vh'; });
    expect((await checks.focus(page)).length).toBeGreaterThan(0);
  });

  test('a summary whose field is not marked', async ({ page, site, request }) => {
    const { base } = await wrong(request, site, 'en');
    await page.goto(`${base}/containers/1?check`);
    await live(page);
    expect(await checks.summary(page)).toEqual([]);
    await page.evaluate(() => document.querySelectorAll('[aria-invalid]').forEach((e) => e.removeAttribute('aria-invalid')));
    expect((await checks.summary(page)).length).toBeGreaterThan(0);
  });
});
