// Ten services, each from an empty draft to its right definition, by the form alone, as somebody new would fill it.
import { readFileSync } from 'node:fs';
import { at, expect, next, pick, start, test } from './site.ts';
import type { Page } from '@playwright/test';

interface Container {
  name: string; image: string; cpu?: number; soft?: number; hard?: number; essential?: false;
  env?: Record<string, string>; secrets?: Record<string, string>; ports?: [number, string?, ('udp')?][];
  health?: { kind: 'curl' | 'wget' | 'bash' | 'node' | 'own' | 'none'; port?: number; path?: string; text?: string; start?: number };
  after?: [string, 'START' | 'HEALTHY' | 'COMPLETE' | 'SUCCESS'];
}
interface Service {
  title: string; lang: 'ko' | 'en'; region: string; cluster: string; launch: 'FARGATE' | 'EC2'; instance?: string;
  family: string; platform: 'LINUX/X86_64' | 'LINUX/ARM64'; size: [number, number] | null; containers: Container[];
  logs: string | null; role?: string;
}

const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf';
const SERVICES: Service[] = [
  { title: 'a static site', lang: 'ko', region: 'ap-northeast-1', cluster: 'sites', launch: 'FARGATE', family: 'docs', platform: 'LINUX/X86_64', size: [256, 512], logs: '/ecs/docs', role: 'ecsTaskExecutionRole',
    containers: [{ name: 'web', image: 'nginx:1.27', ports: [[80, 'http']], health: { kind: 'curl', port: 80, path: '/' } }] },
  { title: 'a Python API', lang: 'en', region: 'us-east-1', cluster: 'apis', launch: 'FARGATE', family: 'orders', platform: 'LINUX/X86_64', size: [512, 1024], logs: '/ecs/orders', role: 'ecsTaskExecutionRole',
    containers: [{ name: 'api', image: 'python:3.12-slim', env: { PORT: '8000', WORKERS: '4' }, ports: [[8000]], health: { kind: 'bash', port: 8000, start: 30 } }] },
  { title: 'a cache', lang: 'ko', region: 'ap-northeast-2', cluster: 'data', launch: 'FARGATE', family: 'cache', platform: 'LINUX/ARM64', size: [512, 2048], logs: '/ecs/cache', role: 'ecsTaskExecutionRole',
    containers: [{ name: 'redis', image: 'redis:7.4-alpine', hard: 1536, ports: [[6379]], health: { kind: 'own', text: 'redis-cli ping || exit 1' } }] },
  { title: 'a blog with a database elsewhere', lang: 'en', region: 'us-east-1', cluster: 'blog', launch: 'FARGATE', family: 'wordpress', platform: 'LINUX/X86_64', size: [1024, 2048], logs: '/ecs/wordpress', role: 'ecsTaskExecutionRole',
    containers: [{ name: 'wordpress', image: 'wordpress:6.6', env: { WORDPRESS_DB_HOST: 'db.internal' }, secrets: { WORDPRESS_DB_PASSWORD: ARN }, ports: [[80]], health: { kind: 'curl', port: 80, path: '/wp-login.php', start: 60 } }] },
  { title: 'a worker', lang: 'ko', region: 'eu-west-1', cluster: 'jobs', launch: 'FARGATE', family: 'mailer', platform: 'LINUX/X86_64', size: [256, 1024], logs: '/ecs/mailer', role: 'ecsTaskExecutionRole',
    containers: [{ name: 'mailer', image: 'ghcr.io/acme/mailer:3.1.4', env: { QUEUE: 'mail' }, health: { kind: 'none' } }] },
  { title: 'a nightly report', lang: 'en', region: 'us-west-2', cluster: 'jobs', launch: 'FARGATE', family: 'report', platform: 'LINUX/ARM64', size: [2048, 4096], logs: '/ecs/report', role: 'ecsTaskExecutionRole',
    containers: [{ name: 'report', image: 'ghcr.io/acme/report:2.1', hard: 3072, health: { kind: 'none' } }] },
  { title: 'a Java service', lang: 'ko', region: 'ap-northeast-2', cluster: 'shop', launch: 'FARGATE', family: 'payment', platform: 'LINUX/X86_64', size: [2048, 4096], logs: '/ecs/payment', role: 'ecsTaskExecutionRole',
    containers: [{ name: 'payment', image: 'ghcr.io/acme/payment:7', soft: 2048, hard: 3584, env: { JAVA_TOOL_OPTIONS: '-XX:MaxRAMPercentage=75' }, ports: [[8080, 'http']], health: { kind: 'curl', port: 8080, path: '/actuator/health', start: 120 } }] },
  { title: 'Node behind Nginx, in order', lang: 'en', region: 'ap-northeast-2', cluster: 'shop', launch: 'FARGATE', family: 'shop', platform: 'LINUX/X86_64', size: [1024, 2048], logs: '/ecs/shop', role: 'ecsTaskExecutionRole',
    containers: [
      { name: 'api', image: 'node:22-alpine', soft: 1024, env: { PORT: '3000' }, ports: [[3000, 'api']], health: { kind: 'node', port: 3000, path: '/health' } },
      { name: 'proxy', image: 'nginx:1.27-alpine', soft: 256, ports: [[80, 'http']], health: { kind: 'wget', port: 80, path: '/' }, after: ['api', 'HEALTHY'] }] },
  { title: 'metrics on servers of one’s own', lang: 'ko', region: 'eu-central-1', cluster: 'ops', launch: 'EC2', instance: 't3.medium', family: 'metrics', platform: 'LINUX/X86_64', size: null, logs: '/ecs/metrics', role: 'ecsTaskExecutionRole',
    containers: [
      { name: 'prometheus', image: 'prom/prometheus:v2.54.1', cpu: 512, soft: 1024, ports: [[9090, 'ui']], health: { kind: 'none' } },
      { name: 'exporter', image: 'prom/node-exporter:v1.8.2', cpu: 128, soft: 128, essential: false, health: { kind: 'none' } }] },
  { title: 'a name server', lang: 'en', region: 'eu-north-1', cluster: 'net', launch: 'FARGATE', family: 'dns', platform: 'LINUX/X86_64', size: [256, 512], logs: null,
    containers: [{ name: 'coredns', image: 'coredns/coredns:1.11.3', ports: [[5353, 'dns', 'udp']], health: { kind: 'none' } }] },
];

async function fill(page: Page, place: string, value: string | number) {
  await at(page, place).fill(String(value));
  await at(page, place).blur();
}

/** The task definition that the answers must lead to. */
function right(s: Service) {
  return {
    family: s.family, requiresCompatibilities: [s.launch], ...(s.launch === 'FARGATE' ? { networkMode: 'awsvpc' } : {}),
    ...(s.size ? { cpu: String(s.size[0]), memory: String(s.size[1]) } : {}),
    runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: s.platform.split('/')[1] },
    ...(s.role ? { executionRoleArn: s.role } : {}),
    containers: s.containers.map((c) => c.name),
  };
}

async function walk(page: Page, site: string, s: Service) {
  const base = await start(page, site, s.lang, 'empty');
  const arrive = (path: string) => page.waitForURL(`${base}/${path}**`);
  await at(page, '/region').selectOption(s.region);
  await fill(page, '/cluster/name', s.cluster);
  await pick(page, '/cluster/launch', s.launch);
  if (s.instance) await at(page, '/cluster/instanceType').selectOption(s.instance);
  await next(page);
  await arrive('size');
  await fill(page, '/family', s.family);
  await pick(page, 'platform', s.platform);
  if (s.size) {
    const value = s.size.join('x');
    const card = page.locator(`input[name=size][value="${value}"]`);
    if (await card.count()) await card.check();
    else {
      await pick(page, 'size', 'exact');
      await at(page, 'size-exact').selectOption(value);
    }
  }
  await next(page);
  await arrive('containers');
  for (const [i, c] of s.containers.entries()) {
    await page.locator('button[value="add:/containerDefinitions"]').click();
    await arrive(`containers/${i + 1}`);
    const p = `/containerDefinitions/${i}`;
    await fill(page, `${p}/name`, c.name);
    await fill(page, `${p}/image`, c.image);
    if (c.cpu) await fill(page, `${p}/cpu`, c.cpu);
    if (c.soft) await fill(page, `${p}/memoryReservation`, c.soft);
    if (c.hard) await fill(page, `${p}/memory`, c.hard);
    for (const [list, key, rows] of [['environment', 'value', c.env], ['secrets', 'valueFrom', c.secrets]] as const) {
      for (const [j, [name, value]] of Object.entries(rows ?? {}).entries()) {
        await page.locator(`button[value="add:${p}/${list}"]`).click();
        await fill(page, `${p}/${list}/${j}/name`, name);
        await fill(page, `${p}/${list}/${j}/${key}`, value);
      }
    }
    if (c.essential === false) await pick(page, `${p}/essential`, 'false');
    await next(page);
    await page.waitForURL(new RegExp(`${base}/containers$`));
  }
  await next(page);
  await arrive('ports');
  for (const [i, c] of s.containers.entries()) for (const [j, [port, name, udp]] of (c.ports ?? []).entries()) {
    const p = `/containerDefinitions/${i}/portMappings`;
    await page.locator(`button[value="add:${p}"]`).click();
    await fill(page, `${p}/${j}/containerPort`, port);
    if (name) await fill(page, `${p}/${j}/name`, name);
    if (udp) await at(page, `${p}/${j}/protocol`).selectOption('udp');
  }
  await next(page);
  for (const [i, c] of s.containers.entries()) {
    await arrive(i === 0 ? 'health' : `health/${i + 1}`);
    const p = `/containerDefinitions/${i}/healthCheck`;
    const h = c.health!;
    await pick(page, `${p}~kind`, h.kind);
    if (h.port) await at(page, `${p}~port`).selectOption(String(h.port));
    if (h.path) await fill(page, `${p}~path`, h.path);
    if (h.text) await fill(page, `${p}~text`, h.text);
    if (h.start) await fill(page, `${p}/startPeriod`, h.start);
    if (c.after) {
      await page.locator(`button[value="add:/containerDefinitions/${i}/dependsOn"]`).click();
      await at(page, `/containerDefinitions/${i}/dependsOn/0/containerName`).selectOption(c.after[0]);
      await at(page, `/containerDefinitions/${i}/dependsOn/0/condition`).selectOption(c.after[1]);
    }
    await next(page);
  }
  await arrive('logs');
  await pick(page, 'logs', s.logs ? 'yes' : 'no');
  if (s.logs) await fill(page, 'logs-group', s.logs);
  if (s.role) await fill(page, '/executionRoleArn', s.role);
  await next(page);
  await arrive('review');
  const errors = await page.locator('.c-findings [data-variant=danger] > p:first-of-type').allTextContents();
  expect(errors, s.title).toEqual([]);
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
  return JSON.parse(readFileSync(await file.path(), 'utf8'));
}

for (const s of SERVICES) {
  test(`from nothing to ${s.title}`, async ({ page, site }) => {
    const made = await walk(page, site, s);
    const { containerDefinitions, ...task } = made;
    expect({ ...task, containers: containerDefinitions.map((c: any) => c.name) }).toEqual(right(s));
    for (const [i, c] of s.containers.entries()) {
      const got = containerDefinitions[i];
      expect(got.image).toBe(c.image);
      expect([got.cpu, got.memoryReservation, got.memory]).toEqual([c.cpu, c.soft, c.hard]);
      expect(got.environment).toEqual(c.env ? Object.entries(c.env).map(([name, value]) => ({ name, value })) : undefined);
      expect(got.secrets).toEqual(c.secrets ? Object.entries(c.secrets).map(([name, valueFrom]) => ({ name, valueFrom })) : undefined);
      expect(got.portMappings).toEqual(c.ports?.map(([containerPort, name, udp]) => ({ ...(name ? { name } : {}), containerPort, protocol: udp ?? 'tcp' })));
      expect(got.dependsOn).toEqual(c.after ? [{ containerName: c.after[0], condition: c.after[1] }] : undefined);
      expect(got.essential).toBe(c.essential ?? true);
      if (c.health!.kind === 'none') expect(got.healthCheck).toBeUndefined();
      else {
        expect(JSON.stringify(got.healthCheck.command)).toContain(c.health!.text ?? String(c.health!.port));
        expect(got.healthCheck.startPeriod).toBe(c.health!.start ?? 60);
      }
      expect(got.logConfiguration?.options['awslogs-group']).toBe(s.logs ?? undefined);
      if (s.logs) expect(got.logConfiguration.options['awslogs-region']).toBe(s.region);
    }
    // AWS's answer, as far as the rules know it.
    const said = await (await page.request.post(`${site}/api/v1/validate?region=${s.region}&launchType=${s.launch}`, { data: made })).json();
    expect(said.summary.errors).toBe(0);
  });
}
