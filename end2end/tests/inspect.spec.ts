// The tutorial's last four problems, before anything is deployed: the image is looked into, and one press mends the draft.
import type { Page } from '@playwright/test';
import { axe } from './checks.ts';
import { Registry } from './registry.ts';
import { expect, Own, test } from './site.ts';

const STORIES = [true, false].flatMap((scripts) => ['ko', 'en'].map((lang) => `${lang}-${scripts}`));
const registry = new Registry();
let own: Own;

test.beforeAll(async () => {
  // What was found is known in every draft, so each story has an image of its own.
  for (const tag of ['22-slim', ...STORIES.flatMap((story) => [`${story}-slim`, `${story}-slow`])]) {
    registry.add(tag, 'amd64', { Entrypoint: ['docker-entrypoint.sh'], Cmd: ['node'], Labels: { tag } }, ['bin/sh', 'usr/local/bin/node']);
  }
  for (const story of STORIES) registry.add(`${story}-tools`, 'amd64', { Cmd: ['node'], Labels: { story } }, ['bin/sh', 'usr/bin/wget', 'usr/local/bin/node']);
  registry.add('22-arm', 'arm64', { Cmd: ['sh'] }, ['bin/sh']);
  await registry.start();
  own = new Own(registry.flags());
  await own.start();
});

test.afterAll(async () => {
  await own.end();
  await registry.end();
});

/** A draft with the image and the tutorial's check; its address without the page. */
async function draft(page: Page, lang: string, image: string): Promise<string> {
  const taskDefinition = {
    family: 'a', requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '256', memory: '512',
    runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
    containerDefinitions: [{ name: 'web', image, essential: true, portMappings: [{ containerPort: 8080 }],
      healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:8080/health || exit 1'] } }],
  };
  const made = await (await page.request.post(`${own.site}/api/v1/drafts`, { data: { region: 'ap-northeast-2', taskDefinition } })).json();
  return `${own.site}/${lang}/d/${made.edit.token}`;
}

/** What the API says of the draft. */
async function saved(page: Page, base: string) {
  return (await page.request.get(`${own.site}/api/v1/drafts/${base.split('/').at(-1)}`)).json();
}

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts });

    for (const lang of ['ko', 'en']) {
      test(`a slim image lacks curl, and one press writes the check that works, ${lang}`, async ({ page }) => {
        const base = await draft(page, lang, registry.image(`${lang}-${scripts}-slim`));
        await page.goto(`${base}/review`);
        await page.locator('a[href$="/inspect"]').click();
        await page.waitForURL('**/inspect');
        await page.locator('main form button').first().click();
        await page.locator('button[value=layers]').click();
        const fix = page.locator('button[value="fix:health-tool-missing:0:/containerDefinitions/0/healthCheck/command"]');
        await expect(page.locator('li', { has: fix })).toContainText('curl');
        if (scripts && lang === 'ko') expect(await axe(page)).toEqual([]);
        await fix.click();
        await page.waitForURL('**/review**');
        const after = await saved(page, base);
        expect(after.taskDefinition.containerDefinitions[0].healthCheck.command.slice(0, 2)).toEqual(['CMD', 'node']);
        expect(after.findings.filter((f: { rule: string }) => f.rule.startsWith('health-'))).toEqual([]);
      });

      test(`the health page offers first what the image holds, and says so, ${lang}`, async ({ page }) => {
        const base = await draft(page, lang, registry.image(`${lang}-${scripts}-tools`));
        const kinds = page.locator('input[name$="healthCheck~kind"]');
        const order = () => kinds.evaluateAll((all) => all.map((kind) => (kind as HTMLInputElement).value));
        await page.goto(`${base}/health`);
        expect(await order()).toEqual(['curl', 'wget', 'bash', 'node', 'own', 'none']);
        await page.goto(`${base}/inspect`);
        await page.locator('main form button').first().click();
        await page.locator('button[value=layers]').click();
        await expect(page.locator('button[value^="fix:health-tool-missing:0:"]')).toBeVisible();
        await page.goto(`${base}/health`);
        expect(await order()).toEqual(['wget', 'node', 'curl', 'bash', 'own', 'none']);
        const [has, lacks] = lang === 'ko' ? ['이미지에 있는 프로그램: wget, node.', '이미지에 없는 프로그램: curl, bash.'] : ['In the image: wget, node.', 'Not in the image: curl, bash.'];
        await expect(page.locator('main')).toContainText(has);
        await expect(page.locator('main')).toContainText(lacks);
        const [there, missing] = lang === 'ko' ? ['이 이미지에 있어요', '이 이미지에 없어요'] : ['In this image', 'Not in this image'];
        for (const [kind, said] of [['wget', there], ['node', there], ['curl', missing], ['bash', missing]]) {
          await expect(page.locator('label', { has: page.locator(`input[value=${kind}]`) })).toContainText(said);
        }
        if (scripts && lang === 'en') expect(await axe(page)).toEqual([]);
      });

      test(`a private image in Amazon ECR is read elsewhere where the server does not sign in to AWS, ${lang}`, async ({ page }) => {
        const image = '210987654321.dkr.ecr.ap-northeast-2.amazonaws.com/app:1';
        const base = await draft(page, lang, image);
        await page.goto(`${base}/inspect`);
        const ecr = page.locator('section', { has: page.locator('#ecr-h') });
        await expect(ecr).toContainText(image);
        await expect(ecr).toContainText(lang === 'ko' ? '이 서버는 AWS에 로그인하지 않아요.' : 'This server does not sign in to AWS.');
        // It names what can be pasted by the words that open it.
        const paste = page.locator('summary', { hasText: lang === 'ko' ? '붙여넣기' : 'Paste what' });
        await expect(ecr).toContainText((await paste.first().textContent())!);
        await expect(ecr.locator('form')).toHaveCount(0);
        if (scripts) expect(await axe(page)).toEqual([]);
      });

      test(`a look that takes long is followed by the page and can be stopped, ${lang}`, async ({ page }) => {
        const base = await draft(page, lang, registry.image(`${lang}-${scripts}-slow`));
        await page.goto(`${base}/inspect`);
        await page.locator('main form button').first().click();
        registry.held = true;
        await page.locator('button[value=layers]').click();
        await page.locator('button[value=stop]').click();
        await page.locator('button[value=layers]').click();
        await expect(page.locator('button[value=stop]')).toBeVisible();
        registry.release();
        await expect(page.locator('button[value^="fix:health-tool-missing:0:"]')).toBeVisible();
        await expect(page.locator('button[value=stop]')).toHaveCount(0);
      });

      test(`an image for Arm under x86 is one press from ARM64, with its price, ${lang}`, async ({ page }) => {
        const base = await draft(page, lang, registry.image('22-arm'));
        await page.goto(`${base}/inspect`);
        await page.locator('main form button').first().click();
        const fix = page.locator('button[value="fix:image-arch-mismatch:0:/containerDefinitions/0/image"]');
        await expect(fix).toContainText('US$');
        await fix.click();
        await page.waitForURL('**/review**');
        expect((await saved(page, base)).taskDefinition.runtimePlatform.cpuArchitecture).toBe('ARM64');
      });

      test(`a tag that does not exist leads to the nearest one that does, ${lang}`, async ({ page }) => {
        const base = await draft(page, lang, registry.image('22-slin'));
        await page.goto(`${base}/inspect`);
        await page.locator('main form button').first().click();
        await page.locator('button[value="fix:image-exists:0:/containerDefinitions/0/image"]').click();
        await page.waitForURL('**/review**');
        expect((await saved(page, base)).taskDefinition.containerDefinitions[0].image).toBe(registry.image('22-slim'));
      });
    }
  });
}
