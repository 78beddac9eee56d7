import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { mkdtempSync } from 'node:fs';
const dir = mkdtempSync('/tmp/tw-');
const server = spawn('/work/main/target/release/taskwright', ['--addr','127.0.0.1:0','--database',`sqlite:${dir}/t.db`,'--site','/work/main/target/site'],{stdio:['ignore','pipe','inherit']});
const line = await new Promise(r=>createInterface(server.stdout).once('line',r));
const site = line.replace('listening on ','');
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']});
const p = await b.newPage();
p.on('console',m=>console.log(m.type(),m.text())); p.on('pageerror',e=>console.log('EXC',e.message));
const r = await fetch(`${site}/en/d`,{method:'POST',redirect:'manual',body:new URLSearchParams({preset:'tutorial'}),headers:{origin:site}});
await p.goto(site+r.headers.get('location').replace('cluster','containers/1'));
await p.waitForSelector('html[data-live]');
await p.locator('details:has(#f-dotenv) > summary').first().click();
await p.locator('#f-dotenv').focus();
await p.keyboard.insertText('A=1\nB="two words"');
console.log(JSON.stringify(await p.locator('#f-dotenv').inputValue()));
await p.keyboard.press('Tab');
console.log(await p.evaluate(()=>document.activeElement.outerHTML.slice(0,150)));

await p.evaluate(()=>{window.log=[]; document.getElementById('step').addEventListener('submit',e=>window.log.push(['submit',e.submitter&&e.submitter.value,document.getElementById('f-dotenv').value]),true); const t=document.getElementById('f-dotenv'); for(const k of ['input','change','beforeinput']) t.addEventListener(k,e=>window.log.push([k,t.value]));
 window.addEventListener('beforeunload',()=>console.log('unload'));});
await p.keyboard.press('Enter');
for (const w of [0,50,100,300,600]) { await p.waitForTimeout(w); console.log(await p.locator('[name*="/environment/"]').count(), await p.locator('.c-json').textContent().then(t=>t.includes('two words')), p.url().slice(-20), JSON.stringify(await p.evaluate(()=>window.log))); }
await b.close(); server.kill();
