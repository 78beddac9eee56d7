// What a page of another site, or another program of the same computer, can do to somebody who uses Taskwright: nothing.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, listen, start, test as base } from './site.ts';

/** A program of somebody else on this computer: what it was sent, and a page that it answers with. */
async function stranger(page: string, work: (port: number, seen: IncomingMessage[]) => Promise<void>) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => { seen.push(request); response.setHeader('content-type', 'text/html').end(`<link rel="icon" href="data:,">${page}`); });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    await work((server.address() as AddressInfo).port, seen);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

const test = base.extend({
  // The refusal is an answer of 403, which the console tells.
  quiet: [async ({ context }, use) => {
    const heard = listen(context);
    await use();
    expect(heard.filter((line) => !line.includes('403'))).toEqual([]);
  }, { auto: true }],
});

test('a hostile page cannot empty the list of drafts', async ({ page, site }) => {
  await start(page, site, 'en', 'tutorial');
  await page.goto(`${site}/en`);
  await expect(page.locator('#recent-h')).toBeVisible();
  const form = `<form method="post" action="${site}/en/d"><input name="preset" value="empty"></form><script>document.forms[0].submit()</script>`;
  await stranger(form, async (port) => {
    await page.goto(`http://localhost:${port}/`, { waitUntil: 'commit' });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This request came from another site');
  });
  await page.goto(`${site}/en`);
  const mine = page.locator('section', { has: page.locator('#recent-h') });
  await expect(mine.locator('li')).toHaveCount(1);
  await expect(mine).toContainText('My first task');
});

test('another program of this computer sees neither links nor session', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskwright-'));
  const server = spawn(process.env.TASKWRIGHT_BINARY!, ['--addr', '127.0.0.1:0', '--database', `sqlite:${folder}/t.db`, '--site', process.env.TASKWRIGHT_SITE!, '--aws', 'local'], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, HOME: folder } });
  try {
    const lines = createInterface(server.stdout!)[Symbol.asyncIterator]();
    const loopback: string = (await lines.next()).value.replace('listening on ', '');
    const unlock: string = (await lines.next()).value.split('open ')[1];
    const own = new URL(unlock).origin;
    await page.goto(unlock);
    expect(page.url().startsWith(own)).toBe(true);
    const draft = await start(page, own, 'en', 'tutorial');
    const token = draft.split('/d/')[1];
    await page.goto(`${own}/en`);
    await expect(page.locator('#recent-h')).toBeVisible();
    // At the name that every program knows: usable, and nothing is remembered.
    await page.goto(`${loopback}/en`);
    await expect(page.locator('#recent-h')).toHaveCount(0);
    await expect(page.getByText('This browser remembers no drafts at this address')).toBeVisible();
    await start(page, loopback, 'en', 'empty');
    await stranger('<p>hello</p>', async (port, seen) => {
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.goto(`http://localhost:${port}/`);
      const cookies = seen.map((request) => request.headers.cookie ?? '');
      expect(seen.length).toBeGreaterThanOrEqual(2);
      for (const cookie of cookies) expect(cookie).not.toMatch(/drafts=|session=|me=|exports=/);
      expect(cookies.join()).not.toContain(token);
    });
    expect((await page.context().cookies(own)).map((c) => c.name).sort()).toEqual(['drafts', 'lang', 'me', 'session']);
  } finally {
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
});
