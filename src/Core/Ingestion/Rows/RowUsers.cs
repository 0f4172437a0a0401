using System.Buffers;
using System.Text;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>The users that rows name. Looked up together, and remembered from chunk to chunk.</summary>
internal sealed class RowUsers(IUsernameClaims claims)
{
    /// <summary>More are forgotten between two chunks: about 200 bytes each.</summary>
    private const int Kept = 50_000;

    private readonly Dictionary<string, RowUser> users = new(StringComparer.Ordinal);
    private readonly List<RowUser> unknown = [];

    public RowUser Named(ReadOnlySpan<byte> username)
    {
        Span<char> key = stackalloc char[Limits.UsernameLength];
        if (username.Length > key.Length || Ascii.ToLower(username, key, out var length) != OperationStatus.Done)
        {
            var text = Encoding.UTF8.GetString(username);
            return Find(FoldedText.Of(text), text);
        }

        return users.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key[..length], out var user)
            ? user
            : Find(new string(key[..length]), Encoding.UTF8.GetString(username));
    }

    /// <summary>Finds the ids of those that were named since the last time.</summary>
    public async Task LookUpAsync(CancellationToken cancellationToken)
    {
        if (unknown.Count > 0)
        {
            var owners = await claims.FindOwnersAsync([.. unknown.Select(user => user.Username)], cancellationToken);
            foreach (var user in unknown)
            {
                user.Id = owners.GetValueOrDefault(user.Username);
            }

            unknown.Clear();
        }
    }

    public void Forget()
    {
        if (users.Count > Kept)
        {
            users.Clear();
        }
    }

    private RowUser Find(string key, string username)
    {
        if (!users.TryGetValue(key, out var user))
        {
            user = new RowUser(key == username ? key : username);
            users.Add(key, user);
            unknown.Add(user);
        }

        return user;
    }
}

/// <param name="username">As the first row that names the user has it.</param>
internal sealed class RowUser(string username)
{
    public string Username => username;

    /// <summary>Null: nobody has that username (or it was not looked up yet).</summary>
    public LmsId? Id { get; set; }

    /// <returns>One string for all rows that write it alike.</returns>
    public string Spelled(ReadOnlySpan<byte> cell) => Ascii.Equals(cell, username) ? username : Encoding.UTF8.GetString(cell);
}
