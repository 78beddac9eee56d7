// What AWS said, read back to its cause; with a draft, the fix is one press.
import { expect, start, test } from './site.ts';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a pasted error has its cause, in both languages', async ({ page, site }) => {
      await page.goto(`${site}/ko`);
      await page.getByRole('contentinfo').getByRole('link', { name: 'AWS 오류 풀이' }).click();
      await page.getByLabel('오류 내용').fill('오류: CannotPullContainerError: image Manifest does not contain descriptor matching platform ‘linux/amd64’');
      await page.getByRole('button', { name: '원인 찾기' }).click();
      await expect(page.getByRole('heading', { name: '이미지가 태스크와 다른 칩용으로 빌드됐어요' })).toBeVisible();
      await expect(page.locator('.c-quote mark')).toHaveText('does not contain descriptor matching platform');
      await page.goto(`${site}/en/doctor`);
      await page.getByLabel('Error text').fill('npm ERR! code ELIFECYCLE');
      await page.getByRole('button', { name: 'Find the cause' }).click();
      await expect(page.getByRole('heading', { name: 'We do not recognise this message' })).toBeVisible();
      await expect(page.getByLabel('Error text')).toHaveValue('npm ERR! code ELIFECYCLE');
      await page.getByRole('link', { name: 'The log group does not exist' }).click();
      await expect(page.getByRole('heading', { name: 'How to fix it' })).toBeVisible();
    });

    test('in a draft the fix is one press', async ({ page, site, request }) => {
      const base = await start(page, site, 'en', 'tutorial', javaScriptEnabled);
      const token = base.split('/').pop();
      const read = async () => (await request.get(`${site}/api/v1/drafts/${token}`)).json();
      const draft = await read();
      const saved = await request.put(`${site}/api/v1/drafts/${token}`, { headers: { 'if-match': `"${draft.revision}"` }, data: { taskDefinition: { ...draft.taskDefinition, memory: '1024' } } });
      expect(saved.status()).toBe(200);
      await page.goto(`${base}/doctor`);
      await page.getByLabel('Error text').fill('No Fargate configuration exists for given values: 1024 CPU, 1024 memory.');
      await page.getByRole('button', { name: 'Find the cause' }).click();
      await page.locator('.c-cause .c-fix').first().click();
      await expect(page).toHaveURL(/\/review/);
      expect((await read()).taskDefinition.memory).toBe('2048');
      // What no rule can see in the draft.
      await page.goto(`${base}/doctor`);
      await page.getByLabel('Error text').fill(JSON.stringify({ tasks: [{ stoppedReason: 'Essential container in task exited', containers: [{ reason: 'OutOfMemoryError: Container killed due to memory usage', exitCode: 137 }] }] }));
      await page.getByRole('button', { name: 'Find the cause' }).click();
      await page.getByRole('button', { name: /Raise the task’s memory/ }).click();
      await expect(page).toHaveURL(/\/review/);
      expect((await read()).taskDefinition.memory).toBe('3072');
    });
  });
}
