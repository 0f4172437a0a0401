metadata description = 'The storage account with all tables, queues and containers, and what the app may do there.'

@minLength(3)
param name string
param location string
param tags object
param softDeleteDays int
param principalId string
param isPrivate bool

var names = loadJsonContent('names.json')
var packages = 'app-package'

// What the code does: it reads, writes and deletes rows, messages and blobs, and signs addresses for uploads.
// Blob Data Owner is what the Functions host asks for its own storage; it includes the delegation key.
var roles = {
  blobs: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  queues: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  tables: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'st${name}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
      deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
      isVersioningEnabled: true
    }

    resource containers 'containers' = [for container in concat(names.containers, [packages]): {
      name: container
      properties: { publicAccess: 'None' }
    }]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queues 'queues' = [for queue in names.queues: {
      name: queue
    }]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource tables 'tables' = [for table in names.tables: {
      name: table
    }]
  }

  // Awards, history and audit are tables, and kept for ever. docs/deploy.md says what is kept how long.
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'cool-what-was-imported'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['imports-archive/', 'import-reports/'] }
              actions: {
                baseBlob: {
                  tierToCool: { daysAfterModificationGreaterThan: 30 }
                  delete: { daysAfterModificationGreaterThan: 730 }
                }
              }
            }
          }
          {
            name: 'forget-messages-and-lists-of-tasks'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['webhooks/', 'jobs/'] }
              actions: {
                baseBlob: { delete: { daysAfterModificationGreaterThan: 400 } }
              }
            }
          }
          {
            name: 'forget-former-versions'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'] }
              actions: {
                version: { delete: { daysAfterCreationGreaterThan: softDeleteDays } }
              }
            }
          }
        ]
      }
    }
  }
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in items(roles): {
  name: guid(account.id, principalId, role.value)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
  }
}]

output id string = account.id
output name string = account.name
output packageContainer string = packages
