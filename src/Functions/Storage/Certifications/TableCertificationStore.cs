using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage.Audit;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Storage.Certifications;

internal sealed class TableCertificationStore(TableClient certifications, AuditOutbox audit) : ICertificationStore
{
    /// <summary>A page that looks for few among many gives up after so many rows; the next page goes on there.</summary>
    public const int RowsLookedAt = 1_000;

    private volatile ListedActivities? listed;

    public async Task<StoredCertification?> FindAsync(CertificationCode code, CancellationToken cancellationToken) =>
        await certifications.FindRowAsync(CertificationRow.PartitionKey, code.Key, cancellationToken) is { } row
            ? new StoredCertification(CertificationRow.Read(row), row.ETag.ToString())
            : null;

    /// <summary>All are read between two reads of the row that names their state; where that changed meanwhile they are read again.</summary>
    public async Task<IReadOnlyList<Certification>> FindListingAsync(Activity activity, CancellationToken cancellationToken)
    {
        var state = await StateAsync(cancellationToken);
        while (state is null || listed?.State != state)
        {
            var all = await CertificationRow.All.ReadAsync(certifications, RowsLookedAt, cancellationToken)
                .Select(CertificationRow.Read)
                .Where(certification => certification.Status == CertificationStatus.Active)
                .ToListAsync(cancellationToken);
            var read = new ListedActivities(state, all);
            state = await StateAsync(cancellationToken);
            if (read.State == state)
            {
                listed = read;
                return read.Listing(activity);
            }
        }

        return listed.Listing(activity);
    }

    public Task<bool> TryAddAsync(Certification certification, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var row = CertificationRow.Of(certification);
        return TryWriteAsync(row, new TableTransactionAction(TableTransactionActionType.Add, row), entry, cancellationToken);
    }

    public Task<bool> TryReplaceAsync(Certification certification, string revision, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var row = CertificationRow.Of(certification);
        return TryWriteAsync(
            row, new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(revision)), entry, cancellationToken);
    }

    public async Task<Page<Certification>> ListAsync(
        string? search, CertificationStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        var filter = new CertificationFilter(search, status);
        var range = CertificationRow.All.After(page.After);
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

    private Task<bool> TryWriteAsync(TableEntity row, TableTransactionAction write, AuditEntry? entry, CancellationToken cancellationToken) =>
        audit.TryCommitAsync(
            certifications, row, [write, new(TableTransactionActionType.UpsertReplace, CertificationRow.NewState())], entry, cancellationToken);

    private async Task<string?> StateAsync(CancellationToken cancellationToken) => CertificationRow.ReadState(
        await certifications.FindRowAsync(CertificationRow.PartitionKey, CertificationRow.VersionKey, cancellationToken));
}
