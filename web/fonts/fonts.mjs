// Subsets of Fira Sans (from KERN's package) and, when Debian's fonts-noto-core is there, Noto Sans Arabic.
// The ranges must not overlap: otherwise a page in German loads the 38 kB of extended Latin for nothing.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ranges = {
  latin: 'U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-206F,U+20AC,U+2122'
    + ',U+2190-2193,U+2212,U+2215,U+2260,U+1E9E,U+FEFF,U+FFFD',
  ext: 'U+100-130,U+132-151,U+154-2BA,U+2BD-2C5,U+2C7-2CC,U+2CE-2D7,U+2DD-2FF,U+300-36F'
    + ',U+1E00-1E9D,U+1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0',
  cyr: 'U+400-45F,U+490-491,U+4B0-4B1,U+2116',
  arabic: 'U+600-6FF,U+750-77F,U+8A0-8FF,U+FB50-FDFF,U+FE70-FEFC',
};
const weights = { Regular: 400, Medium: 500, SemiBold: 600 };
const noto = '/usr/share/fonts/truetype/noto/NotoSansArabic-';

function subset(source, range, features, cache) {
  const key = createHash('sha256').update(readFileSync(source)).update(range + features).digest('hex').slice(0, 16);
  const kept = join(cache, `${key}.woff2`);
  if (!existsSync(kept)) {
    execFileSync('pyftsubset', [source, '--flavor=woff2', `--unicodes=${range.replaceAll('U+', '')}`,
      `--layout-features=${features}`, `--output-file=${kept}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return readFileSync(kept);
}

export function buildFonts(kern, cache) {
  const faces = [];
  for (const [style, weight] of Object.entries(weights)) {
    for (const part of ['latin', 'ext', 'cyr']) {
      faces.push({ family: 'Fira Sans', weight, range: ranges[part], name: `fira-${style}-${part}.woff2`,
        bytes: subset(join(kern, `FiraSans-${style}.woff2`), ranges[part],
          'kern,liga,tnum,mark,mkmk,ccmp,locl', cache) });
    }
  }
  for (const [style, weight] of [['Regular', 400], ['Bold', 600]]) {
    const source = `${noto}${style}.ttf`;
    if (!existsSync(source)) continue;
    faces.push({ family: 'Noto Sans Arabic', weight, range: ranges.arabic, name: `noto-arabic-${style}.woff2`,
      bytes: subset(source, ranges.arabic, '*', cache) });
  }
  return faces;
}
