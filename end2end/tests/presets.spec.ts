// Kinds of work to start from: each opens as a draft with nothing to fix.
import { expect, test } from './site.ts';

const KINDS = { 'One web service': 'my-web', 'A worker': 'my-worker', 'A scheduled job': 'my-job', 'A web service with a log router': 'my-web' };

test('each kind of work opens as a draft with nothing to fix', async ({ page, site }) => {
  let seen = 0;
  for (const [name, family] of Object.entries(KINDS)) {
    await page.goto(`${site}/en`);
    await page.getByRole('button', { name }).click();
    await expect(page).toHaveURL(/\/d\/[\w-]{22}\/cluster$/);
    const read = await (await page.request.get(`${site}/api/v1/drafts/${page.url().split('/').at(-2)}`)).json();
    expect([read.taskDefinition.family, read.summary.errors]).toEqual([family, 0]);
    seen += 1;
  }
  expect(seen).toBe(4);
});
