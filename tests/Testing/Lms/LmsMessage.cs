using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CertFunctions.Testing.Lms;

/// <summary>Messages as the LMS sends them, and their signatures, made without the library that checks them.</summary>
public static class LmsMessage
{
    public static string Of(string id, string name, params ReadOnlySpan<string> payloads) => payloads.Length == 1
        ? $$"""{"message_id":{{JsonSerializer.Serialize(id)}},"event":"{{name}}","fired_by_batch_action":false,"webhook_id":1,"payload":{{payloads[0]}}}"""
        : $$"""{"message_id":{{JsonSerializer.Serialize(id)}},"event":"{{name}}","fired_by_batch_action":true,"payloads":[{{string.Join(',', payloads!)}}]}""";

    public static string Course(string userId, string course, string completed = "2026-11-20 14:58:26") =>
        $$"""{"fired_at":"2026-11-20 14:58:27","user_id":"{{userId}}","course_id":"{{course}}","course_name":"Fire safety","completion_date":"{{completed}}","status":"completed"}""";

    public static string Secret(byte seed = 1, int length = 32) => "whsec_" + Convert.ToBase64String(Enumerable.Repeat(seed, length).ToArray());

    /// <returns><c>v1,</c> and the HMAC-SHA256 over id, timestamp and body, with points between.</returns>
    public static string Sign(string secret, string id, string timestamp, byte[] body)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
