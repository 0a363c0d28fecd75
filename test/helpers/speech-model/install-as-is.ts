import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeManifest } from '../../../src/sherpa/models/installed-models.ts'
import { recogniseModel } from '../../../src/sherpa/models/recognise-model.ts'

/** Puts a model where `answerphone models add` would, without an archive. */
export async function installAsIs(
  data: string,
  name: string,
  write: (folder: string) => void,
): Promise<void> {
  const folder = join(data, 'models', name)
  mkdirSync(folder, { recursive: true })
  write(folder)
  const model = await recogniseModel(folder)
  if ('wrong' in model) throw new Error(model.wrong)
  await writeManifest(folder, model, { bytes: 0, sha256: '', from: '', addedAt: 0 })
}
