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
const r = await fetch(`${site}/ko/d`,{method:'POST',redirect:'manual',body:new URLSearchParams({preset:'tutorial'}),headers:{origin:site}});
await p.goto(site+r.headers.get('location').replace('cluster','containers/1'));
await p.waitForSelector('html[data-live]');
const s = await p.context().newCDPSession(p);
await s.send('Emulation.setCPUThrottlingRate',{rate:4});
const m = p.locator('[name="/containerDefinitions/0/memoryReservation"]:not([type=hidden])');
await m.click();
const css=process.argv[2]; if(css) await p.evaluate(c=>{const s=new CSSStyleSheet(); s.replaceSync(c); document.adoptedStyleSheets.push(s)},css);
const ev=[]; s.on('Tracing.dataCollected',e=>ev.push(...e.value));
await s.send('Tracing.start',{transferMode:'ReportEvents',traceConfig:{includedCategories:['devtools.timeline','blink']}});
for (let i=0;i<10;i++){ await p.keyboard.press('Backspace'); await p.keyboard.press('5'); await p.waitForTimeout(50);}
const done=new Promise(r=>s.once('Tracing.tracingComplete',r)); await s.send('Tracing.end'); await done;
const t={}; for(const e of ev) if(e.dur) { t[e.name]=(t[e.name]||0)+e.dur/1000; }
console.log(Object.entries(t).sort((a,b)=>b[1]-a[1]).slice(0,28).map(([k,v])=>(v/20).toFixed(1)+' '+k).join('\n'));
await b.close(); server.kill();
