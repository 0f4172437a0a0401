metadata description = 'Private endpoints of storage and vault, with the names by which the app finds them.'

param name string
param location string
param tags object
param subnetId string
param networkId string
param storageId string
param vaultId string

var services = [
  { kind: 'blob', target: storageId, zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { kind: 'queue', target: storageId, zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { kind: 'table', target: storageId, zone: 'privatelink.table.${environment().suffixes.storage}' }
  { kind: 'vault', target: vaultId, zone: 'privatelink.vaultcore.azure.net' }
]

resource zones 'Microsoft.Network/privateDnsZones@2020-06-01' = [for service in services: {
  name: service.zone
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (service, index) in services: {
  parent: zones[index]
  name: 'to-${name}'
  location: 'global'
  tags: tags
  properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
}]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-01-01' = [for service in services: {
  name: 'pe-${name}-${service.kind}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: service.kind, properties: { privateLinkServiceId: service.target, groupIds: [service.kind] } }
    ]
  }
}]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-01-01' = [for (service, index) in services: {
  parent: endpoints[index]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [{ name: service.kind, properties: { privateDnsZoneId: zones[index].id } }]
  }
}]
