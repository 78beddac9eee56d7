// What people bring: a Compose file becomes two tasks, a docker run line a draft in one press; with and without scripts.
import { expect, test } from './site.ts';

const COMPOSE = `name: shop
services:
  nginx:
    image: nginx:1.27
    ports: ["80:80"]
    depends_on: [api]
    environment: {UPSTREAM: "http://api:3000"}
  api:
    image: node:22
    environment: {DATABASE_URL: "postgres://db:5432/app"}
  db:
    image: postgres:17
`;

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts });

    for (const lang of ['ko', 'en']) {
      test(`a Compose file becomes the tasks that were chosen, ${lang}`, async ({ page, site }) => {
        await page.goto(`${site}/${lang}`);
        await page.locator('#f-paste').fill(COMPOSE);
        await page.locator('#import form button').click();
        await page.locator('select[name="q:task:nginx"]').selectOption('2');
        await page.locator('button[value=look]').click();
        await expect(page.locator('button[value=make]')).toContainText('2');
        await page.locator('button[value=make]').click();
        await page.waitForURL('**/import');
        await expect(page.locator('#import-report')).toContainText('DB_ENDPOINT');
        const token = page.url().split('/').at(-2);
        const draft = await (await page.request.get(`${site}/api/v1/drafts/${token}`)).json();
        expect(draft.taskDefinition.family).toBe('shop-api');
        expect(draft.taskDefinition.containerDefinitions[0].environment[0].value).toBe('postgres://${DB_ENDPOINT}:5432/app');
      });

      test(`in one task the host name is mended, and Terraform and CloudFormation are taken along, ${lang}`, async ({ page, site }) => {
        await page.goto(`${site}/${lang}`);
        await page.locator('#f-paste').fill(COMPOSE);
        await page.locator('#import form button').click();
        // The services and who needs whom are a list that a screen reader reads, too.
        await expect(page.locator('ul.c-table').first().getByRole('listitem')).toHaveCount(3);
        await page.locator('button[value=make]').click();
        await page.waitForURL('**/import');
        const token = page.url().split('/').at(-2);
        const draft = await (await page.request.get(`${site}/api/v1/drafts/${token}`)).json();
        expect(draft.taskDefinition.containerDefinitions[1].environment[0].value).toBe('http://127.0.0.1:3000');
        await page.goto(page.url().replace(/import$/, 'review'));
        for (const [format, line] of [['terraform', 'resource "aws_ecs_task_definition"'], ['cloudformation', 'AWS::ECS::TaskDefinition']]) {
          await page.goto(`${site}/${lang}/d/${token}/export?format=${format}`);
          await expect(page.locator('#file-0')).toHaveValue(new RegExp(line));
          await expect(page.locator('#file-0')).toHaveValue(/127\.0\.0\.1:3000/);
          await expect(page.locator('#file-0')).toHaveValue(/DB_?ENDPOINT/i);
        }
      });

      test(`a docker run line is a draft in one press, ${lang}`, async ({ page, site }) => {
        await page.goto(`${site}/${lang}`);
        await page.locator('#f-paste').fill('docker run -d --name web -p 8080:80 nginx:1.27');
        await page.locator('#import form button').click();
        await page.waitForURL('**/import');
        await page.goto(page.url().replace(/import$/, 'review'));
        await expect(page.locator('a[href$="/import"]')).toBeVisible();
      });
    }
  });
}
