// Files of the workspace and how the driver's editor looks.
import type { files as en } from '../../en/more/files.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const files: Translated<typeof en> = {
  files: {
    menu: 'Fichiers et éditeur',
    add: 'Nouveau fichier',
    rename: (path: string) => `Renommer ${path}`,
    remove: (path: string) => `Supprimer ${path}`,
    removed: (path: string) => `${path} supprimé`,
    name: 'Nom du fichier',
    nameHint: 'Avec son dossier, par exemple src/features.ts',
    wrongName: (reason: string) => `Non enregistré : ${reason}.`,
    taken: 'Non enregistré : un fichier porte déjà ce nom.',
    full: (most: number) => `Non enregistré : l’espace de travail peut avoir ${most} fichiers.`,
    find: 'Chercher dans tous les fichiers',
    findLabel: 'Texte à chercher',
    found: (n: number) => (n === 0 ? 'Rien trouvé' : many(n, 'ligne', 'lignes')),
    problems: (n: number) => `${many(n, 'problème', 'problèmes')} dans le code`,
    settings: 'Réglages de l’éditeur',
    minimap: 'Afficher la minimap',
    format: 'Formater le fichier avec Ctrl+S',
    size: (px: number) => `Taille du code : ${px} px`,
    smaller: 'Code plus petit',
    larger: 'Code plus grand',
  },
};
