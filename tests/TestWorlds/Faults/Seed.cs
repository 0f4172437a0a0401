using System.Globalization;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Certifications;
using CertFunctions.Functions.Storage.Completions;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.TestWorlds.Faults;

/// <summary>Fills a store in few requests, with the rows that the app itself would write.</summary>
public sealed class Seed(StorageClients storage, TimeProvider time)
{
    private const int PartitionsAtOnce = 4;
    private const int RowsPerTransaction = 100;
    private const string Token = "seeded";

    /// <summary>Ids <c>{prefix}00001</c> and on.</summary>
    public static IReadOnlyList<LmsId> Ids(int count, string prefix = "u-") => [.. Numbered(prefix).Take(count)];

    /// <summary>The same, only those of one shard.</summary>
    public static IReadOnlyList<LmsId> IdsIn(Shard shard, int count, string prefix = "u-") =>
        [.. Numbered(prefix).Where(id => Shard.Of(id) == shard).Take(count)];

    public Task AddUsersAsync(IEnumerable<LmsId> ids) =>
        WriteAsync(StorageNames.Tables.Users, ids.SelectMany(id => RowsOfUser(id).Append(ClaimOf(id))).GroupBy(row => row.PartitionKey));

    public static string UsernameOf(LmsId id) => $"name-{id}";

    public async Task<LmsId> AddGroupAsync(string name, IEnumerable<LmsId> members)
    {
        var directory = storage.Table(StorageNames.Tables.Directory);
        var id = LmsId.Parse(name);
        var group = new Group { Id = id, Name = name, CreatedAt = Now, UpdatedAt = Now, Version = 1 };
        await new TableGroupStore(directory, TestAudit.OutboxOn(storage)).TryWriteAsync(group, null, null, CancellationToken.None);
        var row = await directory.GetEntityAsync<TableEntity>(GroupRow.PartitionKey, id.Value);
        await AddMembersAsync(MemberKeys.OfGroup(id, row.Value.GetString(GroupRow.Generation)), members);
        return id;
    }

    /// <summary>Roots of the tree.</summary>
    public async Task AddBranchesAsync(IEnumerable<(LmsId Id, string Name)> branches)
    {
        var rows = branches.Select(branch => BranchRow.Of(
            new Branch { Id = branch.Id, Name = branch.Name, CreatedAt = Now, UpdatedAt = Now, Version = 1 })).ToList();
        await WriteAsync(StorageNames.Tables.Directory, [rows.Append(BranchRow.OfVersion(rows.Count))]);
    }

    public Task AddMemberAsync(LmsId group, LmsId userId) =>
        new TableMemberStore(
            storage.Table(StorageNames.Tables.Members), storage.Table(StorageNames.Tables.Directory), storage.Table(StorageNames.Tables.Users), TestAudit.IntentsOn(storage))
            .AddAsync(group, userId, EventTime.ByHand(Now), null, CancellationToken.None);

    public Task<CertificationCode> AddCertificationAsync(string name) => AddCertificationAsync(name, same => same);

    public async Task<CertificationCode> AddCertificationAsync(string name, Func<Certification, Certification> define)
    {
        var code = CertificationCode.Parse(name);
        var certification = new Certification { Code = code, Title = $"Title of {name}", CreatedAt = Now, UpdatedAt = Now, Version = 1 };
        await new TableCertificationStore(storage.Table(StorageNames.Tables.Certifications), TestAudit.OutboxOn(storage)).TryAddAsync(define(certification), null, CancellationToken.None);
        return code;
    }

    public Task AddCompletionsAsync(IEnumerable<Completion> completions) => WriteAsync(
        StorageNames.Tables.Awards,
        completions.GroupBy(completion => Shard.Of(completion.UserId))
            .Select(shard => shard.Select(completion => CompletionRow.Of(completion, new Provenance("lms", Now, null, null)))));

    private DateTimeOffset Now => time.GetUtcNow();

    private static IEnumerable<LmsId> Numbered(string prefix) =>
        Enumerable.Range(1, int.MaxValue - 1).Select(number => LmsId.Parse(string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:d5}")));

    private Task AddMembersAsync(string partition, IEnumerable<LmsId> members) => WriteAsync(
        StorageNames.Tables.Members,
        [
            [
                .. members.Select(id => new TableEntity(partition, MemberKeys.OfMember(id)) { ["userId"] = id.Value, ["changedAt"] = Now }),
                .. members.CountBy(Shard.Of).Select(count => new TableEntity(partition, MemberKeys.OfCount(count.Key)) { [Membership.Count] = count.Value }),
            ],
        ]);

    private TableEntity ClaimOf(LmsId id)
    {
        var (partition, key) = UserKeys.OfClaim(UsernameOf(id));
        return new TableEntity(partition, key) { ["userId"] = id.Value, ["token"] = Token, ["claimedAt"] = Now };
    }

    private IEnumerable<TableEntity> RowsOfUser(LmsId id)
    {
        // One name for all: a user then takes two rows.
        var name = UsernameOf(id);
        var user = new User { Id = id, Username = name, FirstName = name, LastName = name, CreatedAt = Now, UpdatedAt = Now, Version = 1 };
        var claim = new UsernameClaim(user.Username, Token);
        var partition = UserKeys.Partition(id);
        return UserKeys.NameKeys(user).Select(key => UserKeys.OfName(key, id)).Prepend(UserKeys.OfUser(id))
            .Select(key => UserRow.Of(partition, key, user, claim));
    }

    /// <summary>One transaction a partition at a time: in one that grows the emulator is slow, and slower for many at once.</summary>
    private Task WriteAsync(string table, IEnumerable<IEnumerable<TableEntity>> partitions) => Parallel.ForEachAsync(
        partitions,
        new ParallelOptions { MaxDegreeOfParallelism = PartitionsAtOnce },
        async (partition, cancellationToken) =>
        {
            foreach (var rows in partition.Chunk(RowsPerTransaction))
            {
                await storage.Table(table).SubmitTransactionAsync(
                    rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellationToken);
            }
        });
}
