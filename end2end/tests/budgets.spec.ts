// The budgets of the pages, in a browser with a slow processor and a slow network. The figures are printed.
import { at, expect, live, start, test } from './site.ts';
import type { CDPSession, Page } from '@playwright/test';

/** 4 times slower, 1.6 Mbit/s, 150 ms there and back. */
async function slowed(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return session;
}

/** Watches what is painted, what moves and how long answers to keys take. */
const watch = () => {
  const seen = ((window as any).seen = { lcp: 0, cls: 0, key: 0, press: 0 });
  new PerformanceObserver((list) => { for (const e of list.getEntries()) seen.lcp = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => { for (const e of list.getEntries() as any[]) if (!e.hadRecentInput) seen.cls += e.value; }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { for (const e of list.getEntries() as any[]) if (e.interactionId) { const kind = e.name.startsWith('key') ? 'key' : 'press'; seen[kind] = Math.max(seen[kind], e.duration); } }).observe({ type: 'event', durationThreshold: 16, buffered: true } as any);
};

for (const [where, lcp] of [['', 1800], ['containers', 1800], ['containers/1', 1800]] as const) {
  test(`${where || 'home'} is painted soon and nothing jumps`, async ({ page, site }) => {
    test.setTimeout(120_000);
    const base = await start(page, site, 'ko', 'tutorial');
    await slowed(page);
    await page.addInitScript(watch);
    const sizes: [string, number][] = [];
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const names = new Map<string, string>();
    session.on('Network.responseReceived', (e) => names.set(e.requestId, e.response.url));
    session.on('Network.loadingFinished', (e) => sizes.push([names.get(e.requestId) ?? '', e.encodedDataLength]));
    await page.goto(where ? `${base}/${where}` : `${site}/ko`);
    if (where) await live(page);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const seen = await page.evaluate(() => (window as any).seen);
    const html = sizes.find(([url]) => url === page.url())?.[1] ?? 0;
    console.log(`${where || 'home'}: LCP ${Math.round(seen.lcp)} ms, CLS ${seen.cls.toFixed(4)}, HTML ${(html / 1024).toFixed(1)} KB on the wire`);
    expect(seen.lcp).toBeGreaterThan(0);
    expect(seen.lcp).toBeLessThanOrEqual(lcp);
    expect(seen.cls).toBeLessThanOrEqual(0.02);
    expect(html).toBeGreaterThan(0);
    expect(html).toBeLessThanOrEqual(25 * 1024);
  });
}

/** Visits that are measured: of their INP, three quarters have to keep the budget, as INP is defined. */
const VISITS = 8;

test('three of four visits have an INP within 100 ms on a slow processor', async ({ page, site }) => {
  test.setTimeout(240_000);
  const base = await start(page, site, 'ko', 'tutorial');
  const slow = await slowed(page);
  const visits: { key: number; press: number }[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await page.goto(`${base}/containers/1`);
    await live(page);
    await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.evaluate(watch);
    const memory = at(page, '/containerDefinitions/0/memoryReservation');
    // As people do: there first, then the press, a tenth of a second long. What a key or a press leaves to be drawn is drawn
    // before the next one of a good typist.
    await memory.hover();
    await memory.click({ delay: 100 });
    for (const key of ['ArrowRight', 'Backspace', 'Backspace', '0', '0', '1', 'Backspace', 'Tab']) await memory.press(key, { delay: 100 });
    await expect(page.locator('.c-json [data-new]')).toContainText('100');
    for (const [tab, panel] of [[2, '#pan-pic'], [0, '#pan-json']] as const) {
      await page.getByRole('tab').nth(tab).hover();
      await page.getByRole('tab').nth(tab).click({ delay: 100 });
      await expect(page.locator(panel)).toBeVisible();
    }
    await expect(page.locator('.c-save')).toHaveAttribute('data-state', 'saved');
    const { key, press, cls } = await page.evaluate(() => (window as any).seen);
    expect(Math.min(key, press), 'both were seen').toBeGreaterThan(0);
    expect(cls).toBeLessThanOrEqual(0.02);
    visits.push({ key, press });
  }
  const sorted = visits.map(({ key, press }) => Math.max(key, press)).sort((a, b) => a - b);
  const inp = sorted[Math.ceil(VISITS * 0.75) - 1];
  console.log(`containers/1: INP of ${VISITS} visits ${inp} ms (75 of 100); slowest key and press of each ${visits.map((v) => `${v.key}/${v.press}`).join(', ')} ms`);
  expect(inp).toBeLessThanOrEqual(100);
});

test('a step follows the other within 200 ms, once it was seen', async ({ page, site }) => {
  test.setTimeout(120_000);
  const base = await start(page, site, 'ko', 'tutorial');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${base}/cluster`);
  await live(page);
  const round = () => page.evaluate(async () => {
    const slowest: [string, number] = ['', 0];
    for (const link of document.querySelectorAll<HTMLAnchorElement>('.c-steps ol a')) {
      if (link.getAttribute('aria-current')) continue;
      const heading = document.querySelector('h1');
      const from = performance.now();
      link.click();
      while (document.querySelector('h1') === heading) await new Promise((done) => requestAnimationFrame(done));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const took = performance.now() - from;
      if (took > slowest[1]) slowest.splice(0, 2, link.textContent!.trim(), took);
    }
    return slowest;
  });
  const [first, again] = [await round(), await round()];
  await slowed(page);
  const slow = await round();
  console.log(`step to step: slowest ${Math.round(first[1])} ms for the first time (${first[0]}), ${Math.round(again[1])} ms afterwards (${again[0]}), ${Math.round(slow[1])} ms on a slow processor (${slow[0]})`);
  expect(again[1]).toBeGreaterThan(0);
  expect(again[1]).toBeLessThanOrEqual(200);
});

test('with ten containers a key shows in the JSON within 50 ms', async ({ page, site, request }) => {
  const containerDefinitions = Array.from({ length: 10 }, (_, i) => ({ name: `c${i}`, image: `docker.io/library/nginx:1.${i}`, cpu: 64, memoryReservation: 128, essential: true, portMappings: [{ containerPort: 8000 + i, protocol: 'tcp' }], environment: [{ name: 'A', value: `${i}` }] }));
  const taskDefinition = { family: 'ten', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '1024', memory: '2048', containerDefinitions };
  const made = await (await request.post(`${site}/api/v1/drafts`, { data: { taskDefinition } })).json();
  await page.goto(`${site}/ko/d/${made.edit.token}/size`);
  await live(page);
  await page.evaluate(() => {
    const times = ((window as any).times = [] as number[]);
    let pressed = 0;
    addEventListener('keydown', (e) => { pressed = e.timeStamp; }, true);
    new MutationObserver(() => { const from = pressed; pressed = 0; if (from) requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - from))); }).observe(document.querySelector('.c-json')!, { childList: true, subtree: true, characterData: true });
  });
  await page.getByRole('tab').nth(0).click();
  const family = at(page, '/family');
  await family.click();
  await family.press('End');
  for (const key of 'abcdefghijklmnopqrstuvwxyz') await family.press(key, { delay: 80 });
  await expect(page.locator('.c-json')).toContainText('tenabcdefghijklmnopqrstuvwxyz');
  const times: number[] = (await page.evaluate(() => (window as any).times)).sort((a: number, b: number) => a - b);
  const p95 = times[Math.ceil(times.length * 0.95) - 1];
  console.log(`ten containers: ${times.length} keys, p95 ${Math.round(p95)} ms, slowest ${Math.round(times.at(-1)!)} ms from the key to the JSON`);
  expect(times.length).toBeGreaterThanOrEqual(20);
  expect(p95).toBeLessThanOrEqual(50);
});
