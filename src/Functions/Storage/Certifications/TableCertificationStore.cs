using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Storage.Certifications;

internal sealed class TableCertificationStore(TableClient certifications) : ICertificationStore
{
    /// <summary>A page that looks for few among many gives up after so many rows; the next page goes on there.</summary>
    public const int RowsLookedAt = 1_000;

    public async Task<StoredCertification?> FindAsync(CertificationCode code, CancellationToken cancellationToken) =>
        await certifications.FindRowAsync(CertificationRow.PartitionKey, code.Key, cancellationToken) is { } row
            ? new StoredCertification(CertificationRow.Read(row), row.ETag.ToString())
            : null;

    public Task<bool> TryAddAsync(Certification certification, CancellationToken cancellationToken) =>
        certifications.TryWriteAsync(CertificationRow.Of(certification), revision: null, cancellationToken);

    public Task<bool> TryReplaceAsync(Certification certification, string revision, CancellationToken cancellationToken) =>
        certifications.TryWriteAsync(CertificationRow.Of(certification), revision, cancellationToken);

    public async Task<Page<Certification>> ListAsync(
        string? search, CertificationStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        var filter = new CertificationFilter(search, status);
        var range = new RowRange(CertificationRow.PartitionKey, StorageKey.AllIds).After(page.After);
        List<Certification> found = [];
        string? last = null;
        var seen = 0;
        await foreach (var row in range.ReadAsync(certifications, search is null ? page.Limit + 1 : RowsLookedAt, cancellationToken))
        {
            if (found.Count == page.Limit || seen == RowsLookedAt)
            {
                return new Page<Certification>(found, last);
            }

            var certification = CertificationRow.Read(row);
            if (filter.Finds(certification))
            {
                found.Add(certification);
            }

            last = row.RowKey;
            seen++;
        }

        return new Page<Certification>(found, Next: null);
    }
}
