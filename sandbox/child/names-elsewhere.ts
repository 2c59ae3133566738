// Names that people know from scikit-learn, XGBoost or LightGBM, and what pipeline-core has for them.

const ELSEWHERE: Readonly<Record<string, string>> = {
  Lasso: 'new ElasticNet({ l1Ratio: 1 })',
  LassoCV: 'new ElasticNetCV({ l1Ratio: [1] })',
  SGDRegressor: 'Ridge, or LinearSVR for many rows',
  SGDClassifier: 'LogisticRegression, or LinearSVC for many rows',
  GradientBoostingRegressor: 'HistGradientBoostingRegressor',
  GradientBoostingClassifier: 'HistGradientBoostingClassifier',
  XGBRegressor: 'HistGradientBoostingRegressor',
  XGBClassifier: 'HistGradientBoostingClassifier',
  LGBMRegressor: 'HistGradientBoostingRegressor',
  LGBMClassifier: 'HistGradientBoostingClassifier',
  MLPRegressor: 'SVR or HistGradientBoostingRegressor: there are no neural networks here',
  MLPClassifier: 'SVC or HistGradientBoostingClassifier: there are no neural networks here',
  GaussianNB: 'LogisticRegression: there is no naive Bayes here',
  KFold: 'kFold(rows, { nSplits })',
  StratifiedKFold: 'kFold(labels, { nSplits, stratify: labels })',
  RepeatedKFold: 'repeatedKFold(rows, { nSplits, nRepeats })',
  GroupKFold: 'groupKFold(groups, { nSplits })',
  StratifiedGroupKFold: 'groupKFold(groups, { nSplits, stratify })',
  TimeSeriesSplit: 'timeSeriesSplit(rows, { nSplits })',
  make_pipeline: 'new Pipeline([new StandardScaler()], new Ridge())',
  make_column_transformer: 'new ColumnTransformer([{ transformer, columns }])',
  LabelEncoder: 'nothing: classifiers take words as they are; of columns OrdinalEncoder',
  RobustScaler: 'QuantileTransformer',
  PowerTransformer: "QuantileTransformer({ outputDistribution: 'normal' })",
  mean_absolute_error: 'mae',
  root_mean_squared_error: 'rmse',
  r2_score: 'r2',
  accuracy_score: 'accuracy',
  f1_score: 'f1',
  roc_auc_score: 'rocAuc',
  brier_score_loss: 'brier',
  classification_report: 'classScores',
  cross_val_predict: 'crossValidate(...).predictions',
};

/** What to use instead; undefined for a name that is not known from elsewhere. */
export function insteadOf(name: string): string | undefined {
  return Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined;
}
