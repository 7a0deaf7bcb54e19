import { textTable } from '../../contracts/texts.ts'

/** Why keys cannot be used, and what to do. */
export const authorityTexts = textTable({
  unusable: {
    en: 'The credentials folder {dir} cannot be used: {reason}; {step}.',
    zh: '凭据目录 {dir} 无法使用：{reason}；{step}。',
  },
  merchantUnknown: {
    en: 'The sandbox knows the merchants {known} and not {mchid}; add it with addMerchant.',
    zh: '沙箱有商户 {known}，没有 {mchid}；用 addMerchant 添加。',
  },

  tooManyMerchants: {
    en: 'There are {most} merchants already, and no more than that. Start another sandbox with a folder of its own.',
    zh: '已有 {most} 个商户，达到上限：另外启动一个沙箱，使用另一个凭据目录。',
  },

  notListable: {
    en: 'it is not a folder that can be listed ({code})',
    zh: '它不是可以列出的目录（{code}）',
  },
  otherFiles: {
    en: 'it holds other files but no {file}',
    zh: '里面有别的文件，却没有 {file}',
  },
  notMakable: { en: 'it cannot be made there ({code})', zh: '无法在那里创建（{code}）' },
  otherMerchant: {
    en: 'it belongs to the merchant {found}, not to {wanted}',
    zh: '它属于商户 {found}，不是 {wanted}',
  },
  keyOfAnother: {
    en: '{key} is not the key of {certificate}',
    zh: '{key} 不是 {certificate} 的密钥',
  },
  serialOfAnother: { en: '{member} is not that of {file}', zh: '{member} 不是 {file} 的' },
  merchantsUnlistable: {
    en: 'its merchants cannot be listed ({code})',
    zh: '无法列出其中的商户（{code}）',
  },
  expired: {
    en: '{file} is valid from {from} to {to} and now is {now}',
    zh: '{file} 的有效期是 {from} 至 {to}，现在是 {now}',
  },
  noPem: {
    en: '{file} does not hold the PEM that belongs there',
    zh: '{file} 里不是应有的 PEM',
  },
  missing: { en: '{file} is missing', zh: '缺少 {file}' },
  unreadable: { en: '{file} cannot be read ({code})', zh: '无法读取 {file}（{code}）' },

  stepExpired: {
    en: 'delete the folder to have new keys made',
    zh: '删除这个目录，会生成新的密钥',
  },
  stepForeign: { en: 'choose another folder', zh: '换一个目录' },
  stepRestoreFile: {
    en: 'restore the file, or delete the folder to have new keys made',
    zh: '恢复这个文件，或删除目录以生成新的密钥',
  },
  stepRestoreFiles: {
    en: 'restore the files, or delete the folder to have new keys made',
    zh: '恢复这些文件，或删除目录以生成新的密钥',
  },
  stepMerchant: {
    en: 'start with that merchant, or choose another folder',
    zh: '用那个商户启动，或换一个目录',
  },
  stepPlace: {
    en: 'choose another folder, for a mount point one inside it',
    zh: '换一个目录；如果是挂载点，用其中的子目录',
  },
  stepPermission: {
    en: 'give yourself access with chmod u+rwX, or choose another folder',
    zh: '用 chmod u+rwX 给自己权限，或换一个目录',
  },
})
