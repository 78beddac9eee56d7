// Registering on AWS from the pages, against moto_server: with this computer's sign-in, and with pasted keys.
import AxeBuilder from '@axe-core/playwright';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { expect, listen, test } from './site.ts';

const PYTHON = process.env.TASKWRIGHT_AWS_PYTHON!;
const KEYS = { AWS_ACCESS_KEY_ID: 'ASIATESTTESTTESTTEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };

/** moto_server, and a program that goes there. */
class Account {
  private folder = mkdtempSync(join(tmpdir(), 'taskwright-'));
  private moto!: ChildProcess;
  private server!: ChildProcess;
  endpoint = '';
  /** Where programs ask. */
  direct = '';
  /** Where the browser goes: the server's own name, where it has one. */
  site = '';
  unlock = '';

  async start(mode: 'local' | 'paste'): Promise<Account> {
    this.moto = spawn(PYTHON, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.endpoint = await new Promise((done) => createInterface(this.moto.stderr!).on('line', (l) => { const at = l.split('Running on ')[1]; if (at) done(at.trim()); }));
    this.server = spawn(process.env.TASKWRIGHT_BINARY!,
      ['--addr', '127.0.0.1:0', '--database', `sqlite:${this.folder}/t.db`, '--site', process.env.TASKWRIGHT_SITE!, '--aws', mode, '--aws-endpoint', this.endpoint],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...KEYS, HOME: this.folder } });
    const lines = createInterface(this.server.stdout!)[Symbol.asyncIterator]();
    this.site = this.direct = (await lines.next()).value.replace('listening on ', '');
    if (mode === 'local') {
      this.unlock = (await lines.next()).value.split('open ')[1];
      this.site = new URL(this.unlock).origin;
    }
    return this;
  }

  ask(...words: string[]): any {
    const said = execFileSync(PYTHON, ['aws/account.py', this.endpoint, ...words], { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' });
    return said ? JSON.parse(said) : undefined;
  }

  pause() { this.moto.kill('SIGSTOP'); }
  goOn() { this.moto.kill('SIGCONT'); }
  /** The account goes away. */
  leave() { this.moto.kill('SIGKILL'); }

  async end() {
    for (const child of [this.server, this.moto]) {
      const ended = new Promise((done) => child.exitCode !== null || child.signalCode !== null ? done(0) : child.once('exit', done));
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const aws = test.extend<{ local: Account; paste: Account }>({
  // A form that is shown again to be corrected has its own status, which the console tells.
  quiet: [async ({ context }, use) => {
    const heard = listen(context);
    await use();
    expect(heard.filter((h) => !/Failed to load resource: .* a status of (422|424)/.test(h))).toEqual([]);
  }, { auto: true }],
  local: async ({}, use) => { const a = await new Account().start('local'); await use(a); await a.end(); },
  paste: async ({}, use) => { const a = await new Account().start('paste'); await use(a); await a.end(); },
});

async function drafted(page: Page, account: Account) {
  const made = await (await page.request.post(`${account.direct}/api/v1/drafts`, { data: { preset: 'tutorial' } })).json();
  // An example is registered only with images of one's own.
  const read = await (await page.request.get(`${account.direct}/api/v1/drafts/${made.edit.token}`)).json();
  const taskDefinition = JSON.parse(JSON.stringify(read.taskDefinition).replaceAll('/myid/', '/kim7/'));
  await page.request.put(`${account.direct}/api/v1/drafts/${made.edit.token}`, { headers: { 'if-match': `"${read.revision}"` }, data: { taskDefinition } });
  return { token: made.edit.token as string, register: `${account.site}/en/d/${made.edit.token}/register`, api: `${account.direct}/api/v1/drafts/${made.edit.token}` };
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click();
const h1 = (page: Page) => page.getByRole('heading', { level: 1 });

async function agree(page: Page) {
  await page.getByRole('checkbox').check();
  await press(page, /^Register my-task in/);
}

/** No rule of axe is broken, in either theme. */
async function accessible(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`)).toEqual([]);
    expect(found.passes.length).toBeGreaterThan(10);
  }
}

aws('from the first look to the second revision, with the sign-in of this computer', async ({ page, local }) => {
  const draft = await drafted(page, local);
  await page.goto(draft.register);
  await expect(page.getByText('Confirm that you started Taskwright')).toBeVisible();
  await accessible(page);
  await page.goto(local.unlock);
  await page.goto(draft.register);
  await press(page, 'Check my account');
  // The role is missing: the commands that make it are there, and no button that would fail.
  await expect(page.getByText('AWS would reject the definition without it')).toBeVisible();
  await expect(page.getByText('aws iam create-role')).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  local.ask('role');
  await press(page, 'Check again');
  await expect(page.getByText('123456789012').first()).toBeVisible();
  await expect(page.locator('.c-stages li')).toHaveText([/Cluster my-first-cluster.*will be created/, /Log group \/ecs\/my-task.*will be created/, /ecsTaskExecutionRole/, /Task definition my-task/]);
  await accessible(page);
  await press(page, /^Register my-task in/);
  await expect(page.locator('#summary')).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  await accessible(page);
  expect(local.ask('read', 'my-task').revisions).toBe(0);
  await agree(page);
  await expect(h1(page)).toHaveText('Registered my-task, revision 1');
  await accessible(page);
  const run = page.url();
  await page.reload();
  await expect(h1(page)).toHaveText('Registered my-task, revision 1');

  const read = local.ask('read', 'my-task');
  expect([read.groups, read.clusters, read.revisions]).toEqual([{ '/ecs/my-task': 30 }, ['my-first-cluster'], 1]);
  const exported = await (await page.request.get(`${draft.api}/export/json`)).json();
  for (const [key, value] of Object.entries<any>(exported)) {
    const got = read.definition[key];
    if (key !== 'containerDefinitions') { expect(got, key).toEqual(value); continue; }
    // moto adds host ports and empty lists.
    value.forEach((c: any, i: number) => Object.entries<any>(c).forEach(([k, v]) =>
      expect(k === 'portMappings' ? got[i][k].map(({ hostPort, ...p }: any) => p) : got[i][k], k).toEqual(v)));
  }
  expect(read.tags).toEqual([{ key: 'taskwright', value: expect.stringContaining(run.split('/').pop()!) }]);

  await page.goto(draft.register);
  await press(page, 'Check my account');
  await expect(page.getByText('Nothing to do')).toBeVisible();
  await accessible(page);

  const now = await (await page.request.get(draft.api)).json();
  now.taskDefinition.containerDefinitions[1].image = 'docker.io/kim7/nginx:2';
  await page.request.put(draft.api, { headers: { 'if-match': `"${now.revision}"` }, data: { taskDefinition: now.taskDefinition } });
  await page.goto(draft.register);
  await press(page, 'Check my account');
  await page.getByText('Changes since revision 1').click();
  await expect(page.getByText('docker.io/kim7/nginx:1 → docker.io/kim7/nginx:2')).toBeVisible();
  await agree(page);
  await expect(h1(page)).toHaveText('Registered my-task, revision 2');
  expect(local.ask('read', 'my-task').revisions).toBe(2);
});

aws('a run is shown while it goes on, and when the account goes away', async ({ page, local }) => {
  local.ask('role');
  const draft = await drafted(page, local);
  await page.goto(local.unlock);
  await page.goto(draft.register);
  await press(page, 'Check my account');
  await page.getByRole('checkbox').check();
  local.pause();
  await press(page, /^Register my-task in/);
  await expect(h1(page)).toHaveText('Registering my-task');
  await expect(page.locator('.c-stages li').first()).toContainText('running');
  await accessible(page);
  local.goOn();
  await expect(h1(page)).toHaveText('Registered my-task, revision 1');
  await expect(page.locator('#live')).toHaveText('Registered my-task, revision 1');
  await page.goto(draft.register);
  local.leave();
  await press(page, 'Check my account');
  await expect(page.getByText('There is no connection to AWS')).toBeVisible();
  await accessible(page);
});

aws.describe('without JavaScript', () => {
  aws.use({ javaScriptEnabled: false });
  aws('with pasted keys, which are asked for again each time', async ({ page, paste }) => {
    paste.ask('role');
    const draft = await drafted(page, paste);
    await page.goto(draft.register);
    const keys = async (id: string) => {
      await page.getByLabel('Access key ID').fill(id);
      await page.getByLabel('Secret access key').fill('secret');
      await page.getByLabel('Session token').fill('token');
    };
    await keys('AKIATESTTESTTESTTEST');
    await press(page, 'Check my account');
    await expect(page.locator('#key-id-error')).toContainText('long-term keys');
    await expect(page.getByLabel('Secret access key')).toHaveValue('');
    await keys('ASIATESTTESTTESTTEST');
    await press(page, 'Check my account');
    await expect(page.getByText('We erased them after the last step')).toBeVisible();
    await keys('ASIATESTTESTTESTTEST');
    await agree(page);
    await expect(h1(page)).toHaveText('Registered my-task, revision 1');
    expect(paste.ask('read', 'my-task').revisions).toBe(1);
  });
});
