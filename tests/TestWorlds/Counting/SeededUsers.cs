using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Directory;

namespace CertFunctions.TestWorlds.Counting;

/// <summary>Fills the directory fast: rows by the hundred, shards at once, and only what awarding reads.</summary>
public static class SeededUsers
{
    private const int AtOnce = 8;
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static User User(int number)
    {
        var id = LmsId.Parse($"u-{number:d6}");
        return new User
        {
            Id = id,
            Username = $"user.{number:d6}@example.com",
            FirstName = "Ada",
            LastName = $"Lovelace {number}",
            CreatedAt = At,
            UpdatedAt = At,
            Version = 1,
        };
    }

    public static async Task<IReadOnlyList<User>> AddUsersAsync(this CountedApp app, int count, CancellationToken cancellationToken)
    {
        var users = Enumerable.Range(0, count).Select(User).ToList();
        await app.AddUsersAsync(users, cancellationToken);
        return users;
    }

    public static Task AddUsersAsync(this CountedApp app, IEnumerable<User> users, CancellationToken cancellationToken) => WriteAsync(
        app.Clients.Table(StorageNames.Tables.Users),
        users.Select(user => UserRow.Of(
            UserKeys.Partition(user.Id), UserKeys.OfUser(user.Id), user, new UsernameClaim(user.Username, "seeded"))),
        cancellationToken);

    public static async Task<LmsId> AddGroupAsync(
        this CountedApp app, string groupId, IEnumerable<User> members, CancellationToken cancellationToken)
    {
        var group = new Group { Id = LmsId.Parse(groupId), Name = groupId, CreatedAt = At, UpdatedAt = At, Version = 1 };
        var generation = ConditionalWrite.NewId();
        await app.Clients.Table(StorageNames.Tables.Directory).UpsertEntityAsync(
            GroupRow.Of(group, generation, deleted: false, At), TableUpdateMode.Replace, cancellationToken);
        await WriteAsync(
            app.Clients.Table(StorageNames.Tables.Members),
            members.Select(user => new TableEntity(MemberKeys.OfGroup(group.Id, generation), MemberKeys.OfMember(user.Id))
            {
                ["userId"] = user.Id.Value,
                ["changedAt"] = At,
            }),
            cancellationToken);
        return group.Id;
    }

    public static async Task<CertificationCode> AddCertificationAsync(this CountedApp app, string code, CancellationToken cancellationToken)
    {
        var certification = new Certification
        {
            Code = CertificationCode.Parse(code),
            Title = code,
            CreatedAt = At,
            UpdatedAt = At,
            Version = 1,
        };
        await app.Get<ICertificationStore>().TryAddAsync(certification, null, cancellationToken);
        return certification.Code;
    }

    /// <summary>Writes rows of any number of partitions: partitions at once, but one transaction after another in each.</summary>
    public static Task WriteAsync(TableClient table, IEnumerable<TableEntity> rows, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            rows.GroupBy(row => row.PartitionKey),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (partition, token) =>
            {
                foreach (var chunk in partition.Chunk(100))
                {
                    await table.SubmitTransactionAsync(
                        chunk.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), token);
                }
            });
}
