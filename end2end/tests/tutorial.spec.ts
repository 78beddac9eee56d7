// The tutorial's definition, walked by hand: both languages, with and without JavaScript.
import { at, download, expect, live, next, pick, start, test } from './site.ts';
import type { Page } from '@playwright/test';

async function fill(page: Page, place: string, value: string) {
  await at(page, place).fill(value);
  await at(page, place).blur();
}

async function walk(page: Page, site: string, lang: string, script: boolean) {
  const base = await start(page, site, lang, 'empty', script);
  const arrive = async (path: string) => { await page.waitForURL(`${base}/${path}**`); };
  await at(page, '/region').selectOption('ap-northeast-2');
  await fill(page, '/cluster/name', 'my-first-cluster');
  await pick(page, '/cluster/launch', 'FARGATE');
  await next(page);
  await arrive('size');
  await fill(page, '/family', 'my-task');
  await pick(page, 'platform', 'LINUX/X86_64');
  await pick(page, 'size', '1024x2048');
  await next(page);
  await arrive('containers');
  for (const [i, name, image, memory] of [[0, 'my-webserver', 'webserver', '1024'], [1, 'my-nginx', 'nginx', '512']] as const) {
    await page.locator('button[value="add:/containerDefinitions"]').click();
    await arrive(`containers/${i + 1}`);
    const c = `/containerDefinitions/${i}`;
    await fill(page, `${c}/name`, name);
    await fill(page, `${c}/image`, `docker.io/myid/${image}:1`);
    await fill(page, `${c}/cpu`, '512');
    await fill(page, `${c}/memoryReservation`, memory);
    if (i === 0) {
      for (const [j, key, value] of [[0, 'NODE_ENV', 'production'], [1, 'PORT', '8080']] as const) {
        await page.locator(`button[value="add:${c}/environment"]`).click();
        await fill(page, `${c}/environment/${j}/name`, key);
        await fill(page, `${c}/environment/${j}/value`, value);
      }
    }
    await next(page);
    await page.waitForURL(new RegExp(`${base}/containers(\\?.*)?$`));
  }
  await next(page);
  await arrive('ports');
  for (const [i, port, name] of [[0, '8080', 'webserver-port'], [1, '80', 'nginx-port']] as const) {
    const p = `/containerDefinitions/${i}/portMappings`;
    await page.locator(`button[value="add:${p}"]`).click();
    await fill(page, `${p}/0/containerPort`, port);
    await fill(page, `${p}/0/name`, name);
  }
  await next(page);
  for (const [i, path] of [[0, 'health'], [1, 'health/2']] as const) {
    await arrive(path);
    await pick(page, `/containerDefinitions/${i}/healthCheck~kind`, 'curl');
    await next(page);
  }
  await arrive('logs');
  await pick(page, 'logs', 'yes');
  await fill(page, 'logs-group', '/ecs/my-task');
  await fill(page, '/executionRoleArn', 'ecsTaskExecutionRole');
  await next(page);
  await arrive('review');
  return download(page);
}

import { expected } from './site.ts';

for (const lang of ['ko', 'en']) {
  test(`the walk by hand, ${lang}`, async ({ page, site }) => {
    const file = await walk(page, site, lang, true);
    expect(file).toEqual(expected);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
  });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });
    test(`the walk by hand, ${lang}, without JavaScript`, async ({ page, site }) => {
      expect(await walk(page, site, lang, false)).toEqual(expected);
    });
  });

  for (const script of [true, false]) {
    test.describe(script ? 'with JavaScript' : 'without JavaScript', () => {
      test.use({ javaScriptEnabled: script });
      test(`the example in one click, ${lang}${script ? '' : ', without JavaScript'}`, async ({ page, site }) => {
        const base = await start(page, site, lang, 'tutorial', script);
        const steps = (state: string) => page.locator(`.c-steps li[data-state=${state}]`);
        const open = async (step: string) => {
          await page.goto(`${base}/${step}`);
          if (script) await live(page);
        };
        await open('review');
        // Nothing is ticked that nobody looked at, and myid is to be filled in.
        await expect(steps('filled')).toHaveCount(6);
        await expect(steps('done')).toHaveCount(0);
        await expect(page.locator('.c-notice[data-variant=ok]')).toHaveCount(0);
        await expect(page.getByRole('heading', { name: lang === 'ko' ? '채울 것 1개' : 'To fill in (1)' })).toBeVisible();
        expect(await download(page)).toEqual(expected);
        await open('containers');
        await expect(page.locator('.c-list__head .c-tag')).toHaveText([/./, /./].map(() => (lang === 'ko' ? '채울 것 있음' : 'To fill in')));
        await open('cluster');
        await fill(page, '/aside/hub', 'Kim7');
        await next(page);
        await page.waitForURL(`${base}/size**`);
        await expect(steps('done')).toHaveCount(1);
        await open('review');
        await expect(page.locator('.c-notice[data-variant=ok]')).toBeVisible();
        expect(await download(page)).toEqual(JSON.parse(JSON.stringify(expected).replaceAll('/myid/', '/kim7/')));
      });
    });
  }
}
