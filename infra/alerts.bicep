metadata description = 'Wakes somebody: poison messages, failed jobs, server errors, an app that is not ready.'

param name string
param location string
param tags object
param email string
param appId string
param appInsightsId string

// Metrics of the app (docs/operations.md), as Azure Monitor keeps them.
var rules = [
  {
    name: 'poison-messages'
    text: 'Messages that nobody could process lie in a poison queue. docs/operations.md: "Something is in a poison queue".'
    query: 'customMetrics | where name == "certfunctions.queue.poison" and valueMax > 0'
    severity: 2
  }
  {
    name: 'failed-jobs'
    text: 'A job has failed. GET /api/jobs?status=failed says which, and why.'
    query: 'customMetrics | where name == "certfunctions.job.duration" and tostring(customDimensions.status) == "Failed"'
    severity: 2
  }
  {
    name: 'not-ready'
    text: 'The app could not work: its readiness check said so.'
    query: 'requests | where url endswith "/api/health/ready" and resultCode == "503"'
    severity: 1
  }
]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: take(name, 12)
    emailReceivers: [{ name: 'on-call', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource queries 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: '${name}-${rule.name}'
  location: location
  tags: tags
  properties: {
    displayName: rule.name
    description: rule.text
    severity: rule.severity
    enabled: true
    scopes: [appInsightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      allOf: [{ query: rule.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }]
    }
    actions: { actionGroups: [group.id] }
  }
}]

resource serverErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-server-errors'
  location: 'global'
  tags: tags
  properties: {
    description: 'The app answers with 5xx.'
    severity: 2
    enabled: true
    scopes: [appId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [{ name: 'server-errors', metricName: 'Http5xx', timeAggregation: 'Total', operator: 'GreaterThan', threshold: 5, criterionType: 'StaticThresholdCriterion' }]
    }
    actions: [{ actionGroupId: group.id }]
  }
}
