namespace CertFunctions.Functions.Http.Requests;

/// <summary>Absent and null are one: null. Two classes of extension, because <c>T?</c> means two things.</summary>
public static class MemberOrNull
{
    public static T? OrNull<T>(this Member<T> member)
        where T : struct => member.IsGiven ? member.Required() : null;

    public static T? OrNull<T>(this Member<T> member, T? whenAbsent)
        where T : struct => member.IsAbsent ? whenAbsent : member.OrNull();
}

public static class MemberOrNullReference
{
    public static T? OrNull<T>(this Member<T> member)
        where T : class => member.IsGiven ? member.Required() : null;

    public static T? OrNull<T>(this Member<T> member, T? whenAbsent)
        where T : class => member.IsAbsent ? whenAbsent : member.OrNull();
}
