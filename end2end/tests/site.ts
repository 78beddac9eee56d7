// A running program for each worker, and pages that fail on any console error or warning.
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const test = base.extend<{ quiet: void }, { site: string }>({
  site: [async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'taskwright-'));
    const server = spawn(process.env.TASKWRIGHT_BINARY!, ['--addr', '127.0.0.1:0', '--database', `sqlite:${folder}/t.db`, '--site', process.env.TASKWRIGHT_SITE!, '--aws', 'off'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((done) => createInterface(server.stdout).once('line', done));
    await use(line.replace('listening on ', ''));
    server.kill();
    await new Promise((done) => server.once('exit', done));
    rmSync(folder, { recursive: true, force: true });
  }, { scope: 'worker' }],
  quiet: [async ({ context }, use) => {
    const heard = listen(context);
    await use();
    expect(heard).toEqual([]);
  }, { auto: true }],
});

export { expect };

/** A program of a test's own, that can be ended and started again at the same address with the same drafts. */
export class Own {
  private folder = mkdtempSync(join(tmpdir(), 'taskwright-'));
  private server?: ReturnType<typeof spawn>;
  site = '';

  constructor(private flags: string[] = []) {}

  async start(): Promise<void> {
    const addr = this.site.replace('http://', '') || '127.0.0.1:0';
    this.server = spawn(process.env.TASKWRIGHT_BINARY!, ['--addr', addr, '--database', `sqlite:${this.folder}/t.db`, '--site', process.env.TASKWRIGHT_SITE!, '--aws', 'off', ...this.flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((done) => createInterface(this.server!.stdout!).once('line', done));
    this.site = line.replace('listening on ', '');
  }

  /** Ends it without a warning, as a power cut would. */
  async kill(): Promise<void> {
    const ended = new Promise((done) => this.server!.once('exit', done));
    this.server!.kill('SIGKILL');
    await ended;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Console errors and warnings, and exceptions, of every page of a context; that the network was taken away is no fault. */
export function listen(context: BrowserContext): string[] {
  const heard: string[] = [];
  context.on('console', (m) => { if (['error', 'warning'].includes(m.type()) && !m.text().includes('ERR_INTERNET_DISCONNECTED')) heard.push(`${m.type()}: ${m.text()}`); });
  context.on('weberror', (e) => heard.push(`exception: ${e.error().message}`));
  return heard;
}

/** The definition that the tutorial leads to. */
export const expected = {
  family: 'my-task', requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '1024', memory: '2048',
  runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' }, executionRoleArn: 'ecsTaskExecutionRole',
  containerDefinitions: [container('my-webserver', 'webserver', 1024, 8080, [{ name: 'NODE_ENV', value: 'production' }, { name: 'PORT', value: '8080' }]), container('my-nginx', 'nginx', 512, 80)],
};

function container(name: string, short: string, memoryReservation: number, port: number, environment?: object[]) {
  return {
    name, image: `docker.io/myid/${short}:1`, essential: true, cpu: 512, memoryReservation,
    portMappings: [{ name: `${short}-port`, containerPort: port, protocol: 'tcp' }],
    ...(environment ? { environment } : {}),
    healthCheck: { command: ['CMD-SHELL', `curl -f http://localhost:${port} || exit 1`], interval: 30, timeout: 5, retries: 3, startPeriod: 60 },
    logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/my-task', 'awslogs-region': 'ap-northeast-2', 'awslogs-stream-prefix': 'ecs' } },
  };
}

/** Waits until the browser's program has taken over. */
export async function live(page: Page) {
  await page.waitForSelector('html[data-live]');
}

/** Starts a draft from the home page; its address without the step. */
export async function start(page: Page, site: string, lang: string, preset: 'tutorial' | 'empty', script = true): Promise<string> {
  await page.goto(`${site}/${lang}`);
  await page.locator(`form:has([value=${preset}]) button`).first().click();
  await page.waitForURL('**/cluster');
  if (script) await live(page);
  return page.url().replace(/\/cluster$/, '');
}

/** The control of a place. */
export const at = (page: Page, place: string) => page.locator(`[name="${place}"]:not([type=hidden])`);

/** Picks a radio card. */
export const pick = (page: Page, name: string, value: string) => page.locator(`input[name="${name}"][value="${value}"]`).check();

/** The step's Continue. */
export const next = (page: Page) => page.locator('.c-actions [data-variant=primary]').click();

/** Downloads the file from the review page. */
export async function download(page: Page): Promise<unknown> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
  expect(file.suggestedFilename()).toBe('my-task.json');
  return JSON.parse(readFileSync(await file.path(), 'utf8'));
}
