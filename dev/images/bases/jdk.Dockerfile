# Debian with a JDK in /opt/jdk, instead of eclipse-temurin.
ARG BASE_DEBIAN
FROM ${BASE_DEBIAN}
COPY jdk /opt/jdk
ENV JAVA_HOME=/opt/jdk PATH=/opt/jdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
RUN ["java", "-version"]
