targetScope = 'resourceGroup'

metadata description = 'CertFunctions on Azure Functions Flex Consumption, on identity alone: no key of the storage is ever used.'

@description('Becomes part of every name: 3-12 lower-case letters and digits.')
@minLength(3)
@maxLength(12)
param name string

param location string = resourceGroup().location

@description('Of one instance. 512 costs a quarter of 2048 a second, and is enough: uploads are limited to 16 MiB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('Bounds what a burst can cost. More than 40 gain nothing before the storage account is the bottleneck.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('HTTP instances that are kept warm, and paid for around the clock; 0: a first call after a pause takes some seconds.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 0

@description('IANA name. Calendar dates are its dates.')
param timeZone string = 'UTC'

@description('https address of the OpenID issuer whose tokens are taken.')
param authAuthority string

@description('What its tokens must be made out for.')
param authAudience string

@description('Client id of the app registration by which people sign in in a browser; empty: only tokens are taken.')
param signInClientId string = ''

@description('Alerts go there; empty: nobody is told.')
param alertEmail string = ''

@description('Keeps storage and vault off the public internet: four private endpoints, each paid for by the hour.')
param privateNetwork bool = false

@description('In the currency of the subscription, a month; alerts at 80 % and 100 %; 0: no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the month in which the budget begins.')
param budgetFrom string = utcNow('yyyy-MM-01')

@description('For how many days what can be deleted by mistake can be brought back.')
@minValue(7)
@maxValue(365)
param softDeleteDays int = 30

@description('How many signing secrets of the LMS lie in the vault, as webhook-0 and webhook-1: none passes through a deployment. 0: the webhook answers 401.')
@minValue(0)
@maxValue(2)
param webhookSecrets int = 0

@description('Settings of docs/settings.md that are to differ from their default, such as { Limits__ConfirmAbove: \'500\' }. A secret goes into the vault, and a reference to it here.')
param moreSettings object = {}

var tags = { app: 'certfunctions' }

module identity 'identity.bicep' = {
  params: { name: name, location: location, tags: tags }
}

module network 'network.bicep' = if (privateNetwork) {
  params: { name: name, location: location, tags: tags }
}

module storage 'storage.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    softDeleteDays: softDeleteDays
    principalId: identity.outputs.principalId
    isPrivate: privateNetwork
  }
}

module vault 'vault.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    softDeleteDays: softDeleteDays
    principalId: identity.outputs.principalId
    isPrivate: privateNetwork
  }
}

module endpoints 'endpoints.bicep' = if (privateNetwork) {
  params: {
    name: name
    location: location
    tags: tags
    subnetId: network.?outputs.endpointsSubnetId ?? ''
    networkId: network.?outputs.networkId ?? ''
    storageId: storage.outputs.id
    vaultId: vault.outputs.id
  }
}

module monitoring 'monitoring.bicep' = {
  params: { name: name, location: location, tags: tags }
}

module app 'app.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: maximumInstances
    alwaysReadyInstances: alwaysReadyInstances
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    appInsightsConnectionString: monitoring.outputs.connectionString
    timeZone: timeZone
    authAuthority: authAuthority
    authAudience: authAudience
    signInClientId: signInClientId
    vaultUri: vault.outputs.uri
    webhookSecrets: webhookSecrets
    moreSettings: moreSettings
    subnetId: network.?outputs.appSubnetId ?? ''
  }
}

module alerts 'alerts.bicep' = if (!empty(alertEmail)) {
  params: {
    name: name
    location: location
    tags: tags
    email: alertEmail
    appId: app.outputs.id
    appInsightsId: monitoring.outputs.appInsightsId
  }
}

module budget 'budget.bicep' = if (monthlyBudget > 0) {
  params: { name: name, amount: monthlyBudget, from: budgetFrom, email: alertEmail }
}

@description('Where the app answers.')
output url string = 'https://${app.outputs.hostName}'

output appName string = app.outputs.appName
output storageName string = storage.outputs.name
