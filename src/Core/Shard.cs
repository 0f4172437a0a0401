using System.Security.Cryptography;
using System.Text;

namespace CertFunctions.Core;

/// <summary>
/// One of the 16 parts that users are spread over. Everything that must change together for a user lies in the user's shard.
/// </summary>
/// <remarks>
/// The number is the low half of the first byte of SHA-256 over the id in UTF-8. It is part of the storage schema:
/// changing it moves every row. 16 × 2,000 entities/s is the first power of two above a storage account's 20,000/s.
/// </remarks>
public readonly record struct Shard
{
    public const int Count = 16;

    private Shard(int number) => Number = number;

    public int Number { get; }

    public static IReadOnlyList<Shard> All { get; } = [.. Enumerable.Range(0, Count).Select(number => new Shard(number))];

    public static Shard Of(LmsId userId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(userId.Value), hash);
        return new Shard(hash[0] & 0x0F);
    }

    public static Shard Numbered(int number) => All[number];
}
